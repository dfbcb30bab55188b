extension ViewSchema {
  /// What a report says, as SQL views whose names and columns stay: for `sqlite3` and spreadsheets.
  ///
  /// Months are `YYYY-MM` of Europe/London by effective time. They show what is known now, of every
  /// party, type and route; schemas/README.md says what each column is.
  static let reports = """
    CREATE VIEW report_resolved AS
      SELECT month, printf('COR-%06d', correction) AS correction, opened_at, resolved_at,
        (SELECT sum(elapsed_ms) FROM resolution_time t
          WHERE t.correction = r.correction AND t.seq = r.seq) AS elapsed_ms,
        (SELECT sum(working_ms) FROM resolution_time t
          WHERE t.correction = r.correction AND t.seq = r.seq) AS working_ms,
        (SELECT coalesce(sum(working_ms), 0) FROM resolution_time t
          WHERE t.correction = r.correction AND t.seq = r.seq AND holder <> 'requester')
          AS working_excluding_requester_ms,
        handovers, coalesce(route, 'none') AS route, first_code, party, device_type, two_supplier,
        origin, bundled
      FROM (
        SELECT r.month, r.correction, r.seq, c.opened_at, r.resolved_at, r.handovers, r.route,
          coalesce(c.first_code, 'none') AS first_code, c.requester AS party,
          coalesce(c.device_type, 'none') AS device_type,
          CASE c.is_two_supplier WHEN 1 THEN 'yes' ELSE 'no' END AS two_supplier,
          CASE c.is_taken_over WHEN 1 THEN 'oldTicket' ELSE 'ledger' END AS origin,
          c.is_bundled AS bundled
        FROM correction_resolution r JOIN correction c USING (correction)
        WHERE r.reopened_month IS NULL OR r.reopened_month > r.month) r;
    CREATE VIEW report_times AS
      WITH measured AS (
        SELECT month, 'elapsedHours' AS measure, elapsed_ms AS ms, 3600000.0 AS unit
          FROM report_resolved
        UNION ALL
        SELECT month, 'workingDays', working_ms, 86400000.0 FROM report_resolved
        UNION ALL
        SELECT month, 'workingDaysExcludingRequester', working_excluding_requester_ms, 86400000.0
          FROM report_resolved),
      ranked AS (
        SELECT month, measure, ms, unit,
          row_number() OVER (PARTITION BY month, measure ORDER BY ms) AS rank,
          count(*) OVER (PARTITION BY month, measure) AS n
        FROM measured)
      SELECT month, measure, n,
        (min(ms) FILTER (WHERE rank = (n + 1) / 2) + min(ms) FILTER (WHERE rank = n / 2 + 1))
          / 2.0 / unit AS median,
        min(ms) FILTER (WHERE rank = max(1, (n * 90 + 99) / 100)) / unit AS p90,
        max(ms) / unit AS max
      FROM ranked GROUP BY month, measure;
    CREATE VIEW report_counts AS
      SELECT opened_month AS month, 'opened' AS what, count(*) AS n FROM correction
        GROUP BY opened_month
      UNION ALL
      SELECT month, 'resolved', count(*) FROM report_resolved GROUP BY month
      UNION ALL
      SELECT confirmed_month, 'confirmed', count(DISTINCT correction) FROM correction_resolution
        WHERE confirmed_month IS NOT NULL GROUP BY confirmed_month
      UNION ALL
      SELECT closed_month, state, count(*) FROM correction
        WHERE state IN ('rejected', 'withdrawn') GROUP BY closed_month, state
      UNION ALL
      SELECT month, what, count(*) FROM correction_step GROUP BY month, what;
    CREATE VIEW report_holders AS
      SELECT r.month, t.holder, sum(t.elapsed_ms) / 3600000.0 AS elapsed_hours,
        sum(t.working_ms) / 86400000.0 AS working_days
      FROM correction_resolution r JOIN resolution_time t USING (correction, seq)
      WHERE r.reopened_month IS NULL OR r.reopened_month > r.month
      GROUP BY r.month, t.holder;
    CREATE VIEW report_requests AS
      SELECT substr(day, 1, 7) AS month, code, sum(requests) AS requests,
        sum(first_tries) AS first_tries FROM judged
      GROUP BY substr(day, 1, 7), code HAVING sum(requests) > 0;
    CREATE VIEW report_open AS
      SELECT printf('COR-%06d', correction) AS correction, opened_at, state,
        iif(is_over, 'requester', holder) AS holder,
        iif(is_over, requester, holder_party) AS holder_party,
        iif(is_over, waits_until, holder_since) AS holder_since,
        coalesce(route, 'none') AS route, requester AS party,
        coalesce(device_type, 'none') AS device_type
      FROM (
        SELECT *, holder = 'nobody' AND waits_until <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS is_over
        FROM correction WHERE resolved_at IS NULL AND closed_at IS NULL);
    """
}
