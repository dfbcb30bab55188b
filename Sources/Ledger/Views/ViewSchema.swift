/// The tables of the views: disposable, made anew by `rebuild`.
///
/// They hold tokens, never a personal value, so erasing a value leaves nothing to clear here.
enum ViewSchema {
  /// Goes up when a table or a fold changes: views of another number are made anew.
  static let version = 7

  static let sql = """
    CREATE TABLE view_state (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      schema INTEGER NOT NULL, ledger TEXT NOT NULL, position INTEGER NOT NULL,
      calendars TEXT NOT NULL
    ) STRICT;
    CREATE TABLE device (
      device TEXT PRIMARY KEY, device_type TEXT NOT NULL, status TEXT, status_since TEXT,
      status_seen TEXT, import_mpxn TEXT, secondary_import_mpan TEXT, export_mpan TEXT,
      manufacturer TEXT, model TEXT, smets_chts_version TEXT, firmware_version TEXT,
      esme_variant TEXT, prenotified_by TEXT, date_commissioned TEXT, uprn TEXT, post_code TEXT,
      address TEXT, in_smi INTEGER NOT NULL, position INTEGER NOT NULL, associated TEXT,
      acting TEXT, acting_since TEXT, differs INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX device_uprn ON device (uprn) WHERE uprn IS NOT NULL;
    CREATE INDEX device_post_code ON device (post_code, address) WHERE post_code IS NOT NULL;
    CREATE INDEX device_gone_hub ON device (device)
      WHERE device_type IN ('CHF', 'GPF')
        AND (in_smi = 0 OR status IN ('Decommissioned', 'Withdrawn'));
    CREATE TABLE device_status (
      device TEXT NOT NULL, seq INTEGER NOT NULL, status TEXT NOT NULL, since TEXT NOT NULL,
      is_exact INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (device, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE device_mpxn (
      device TEXT NOT NULL, field TEXT NOT NULL, seq INTEGER NOT NULL, mpxn TEXT,
      since TEXT NOT NULL, is_exact INTEGER NOT NULL, position INTEGER NOT NULL,
      PRIMARY KEY (device, field, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE correction (
      correction INTEGER PRIMARY KEY, device TEXT, device_type TEXT,
      field TEXT NOT NULL, current_mpxn TEXT, requested_mpxn TEXT,
      state TEXT NOT NULL, holder TEXT NOT NULL, holder_party TEXT, holder_since TEXT NOT NULL,
      owner TEXT, route TEXT, first_code TEXT, requester TEXT NOT NULL, opened_at TEXT NOT NULL,
      resolved_at TEXT, confirmed_at TEXT, closed_at TEXT, handovers INTEGER NOT NULL,
      joined INTEGER NOT NULL, reopened INTEGER NOT NULL, category INTEGER, batch TEXT,
      has_ended INTEGER NOT NULL, escalations INTEGER NOT NULL, merged_into INTEGER,
      is_taken_over INTEGER NOT NULL, is_bundled INTEGER NOT NULL,
      is_two_supplier INTEGER NOT NULL, opened_month TEXT NOT NULL, closed_month TEXT,
      waits_until TEXT, position INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX correction_state ON correction (state, holder_since);
    CREATE INDEX correction_opened ON correction (opened_at);
    CREATE INDEX correction_opened_month ON correction (opened_month);
    CREATE INDEX correction_running ON correction (opened_at)
      WHERE resolved_at IS NULL AND closed_at IS NULL;
    CREATE INDEX correction_device ON correction (device);
    CREATE INDEX correction_batch ON correction (batch) WHERE batch IS NOT NULL;
    CREATE TABLE correction_gone (correction INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE correction_turn (
      correction INTEGER NOT NULL, seq INTEGER NOT NULL, holder TEXT NOT NULL, party TEXT,
      began TEXT NOT NULL, ended TEXT, PRIMARY KEY (correction, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE correction_resolution (
      correction INTEGER NOT NULL, seq INTEGER NOT NULL, resolved_at TEXT NOT NULL, route TEXT,
      handovers INTEGER NOT NULL, confirmed_at TEXT, reopened_at TEXT, month TEXT NOT NULL,
      confirmed_month TEXT, reopened_month TEXT, working_ms INTEGER NOT NULL,
      PRIMARY KEY (correction, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX correction_resolution_month
      ON correction_resolution (month, reopened_month, working_ms);
    CREATE TABLE resolution_time (
      correction INTEGER NOT NULL, seq INTEGER NOT NULL, holder TEXT NOT NULL,
      elapsed_ms INTEGER NOT NULL, working_ms INTEGER NOT NULL,
      PRIMARY KEY (correction, seq, holder)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE correction_party (
      party TEXT NOT NULL, correction INTEGER NOT NULL, PRIMARY KEY (party, correction)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX correction_party_of ON correction_party (correction);
    CREATE TABLE correction_month (
      month TEXT NOT NULL, correction INTEGER NOT NULL, PRIMARY KEY (month, correction)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX correction_month_of ON correction_month (correction);
    CREATE TABLE correction_step (
      correction INTEGER NOT NULL, seq INTEGER NOT NULL, what TEXT NOT NULL, at TEXT NOT NULL,
      month TEXT NOT NULL, PRIMARY KEY (correction, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE judged (
      day TEXT NOT NULL, code TEXT NOT NULL, party TEXT NOT NULL, requests INTEGER NOT NULL,
      first_tries INTEGER NOT NULL, PRIMARY KEY (day, code, party)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE last_answer (
      device TEXT PRIMARY KEY, is_accepted INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE late (
      position INTEGER NOT NULL, at TEXT NOT NULL, correction INTEGER, recorded_at TEXT NOT NULL,
      party TEXT NOT NULL, sender TEXT, PRIMARY KEY (position, at)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX late_at ON late (at);
    CREATE TABLE discrepancy (
      discrepancy INTEGER PRIMARY KEY, rule TEXT NOT NULL, device TEXT NOT NULL, field TEXT,
      confidence TEXT NOT NULL, route TEXT, state TEXT NOT NULL, first_seen TEXT NOT NULL,
      last_recorded TEXT NOT NULL, returns INTEGER NOT NULL, position INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX discrepancy_device ON discrepancy (device);
    CREATE INDEX discrepancy_state ON discrepancy (state, rule, discrepancy);
    CREATE TABLE discrepancy_party (
      party TEXT NOT NULL, discrepancy INTEGER NOT NULL, PRIMARY KEY (party, discrepancy)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX discrepancy_party_of ON discrepancy_party (discrepancy);
    CREATE TABLE discrepancy_other (
      device TEXT NOT NULL, discrepancy INTEGER NOT NULL, PRIMARY KEY (device, discrepancy)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX discrepancy_other_of ON discrepancy_other (discrepancy);
    CREATE TABLE divergence (
      month TEXT NOT NULL, codes TEXT NOT NULL, responses INTEGER NOT NULL,
      PRIMARY KEY (month, codes)
    ) STRICT, WITHOUT ROWID;
    """

  /// The tables whose rows must be the same after a rebuild as after catching up step by step.
  static let tables = [
    "device", "device_status", "device_mpxn", "correction",
    "correction_gone", "correction_turn", "correction_resolution", "resolution_time",
    "correction_party",
    "correction_month",
    "correction_step", "judged", "last_answer", "late", "divergence", "discrepancy",
    "discrepancy_party", "discrepancy_other",
  ]
}
