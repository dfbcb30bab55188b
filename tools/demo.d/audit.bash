# shellcheck shell=bash
# An auditor's questions: as it was, as we believed it, and the month's report again, byte for byte.

readonly DEVICE=00-DB-12-34-56-78-90-A0

tell() {
  local believed reported
  caption "A new ledger with the examples; on 4 March SUPA moves its meter to its own meter point"
  example_ledger
  step 0 "ACCEPTED  I99" submit accepted.xml --at 2026-03-04T09:58:00Z --quiet
  step 1 "Opened COR-000001" submit --open refused.xml --quiet
  step 0 "noted" correction note COR-000001 --text "called the customer" --actor DCC-017
  believed=$(head_position)
  caption "The auditor keeps a signed checkpoint of the log elsewhere"
  printf '\n$ smi-ledger checkpoint > march.checkpoint\n'
  "$program" checkpoint | tee "$folder/march.checkpoint"
  caption "What the device was on 3 March, and on 5 March"
  step 0 "As it was 3 Mar 2026" device show "$DEVICE" --effective-at 2026-03-03T12:00:00Z
  step 0 "As it was 5 Mar 2026" device show "$DEVICE" --effective-at 2026-03-05T12:00:00Z
  caption "The month's report, as it stands now"
  step 0 "2026-03" report --month 2026-03 --format json
  reported=$believed
  report_bytes "$reported" first.json
  caption "Later we learn that the extract of 1 March was recorded in error for this device"
  step 0 "Annulled" annul "$(observed_at)" --reason "row of another meter" --actor DCC-017
  step 66 "isn't in this ledger" device show "$DEVICE" --quiet
  caption "As we believed it before: the annulled event still shows"
  step 0 "As known at position $believed" device show "$DEVICE" --known-at "$believed"
  step 0 "ANNULLED" timeline device "$DEVICE"
  caption "The report again, as it was known then: the same bytes"
  report_bytes "$reported" again.json
  printf '\n$ cmp first.json again.json\n'
  cmp "$folder/first.json" "$folder/again.json" || die 1 "THE DEMO FAILED: the bytes differ"
  say "the same"
  caption "And nobody rewrote anything"
  step 0 "are those of the checkpoint" verify --since "$folder/march.checkpoint"
  caption "What did we say of it then, and what now?"
  step 0 "annuls" compare device "$DEVICE" --known-at "$believed"
  one_file
  caption "Somebody asks to be forgotten: the meter point goes, events and proofs stay as they are"
  step 0 "it is in none" erase mpxn 2001234501019 --reason "request 17" --actor DCC-017 --yes
  step 0 "(erased)" correction show COR-000001
  step 0 "are those of the checkpoint" verify --since "$folder/march.checkpoint"
}

# Evidence of the correction in one file, and the check of it that shares nothing with the program.
one_file() {
  caption "The whole correction in one file, for somebody who trusts nobody"
  printf '\n$ smi-ledger evidence correction COR-000001 > COR-000001.json\n'
  "$program" evidence correction COR-000001 >"$folder/COR-000001.json"
  printf '\n$ tools/verify-evidence COR-000001.json\n'
  if python3 -c 'import cryptography' 2>/dev/null; then
    python3 "$(package_folder)/tools/verify-evidence" "$folder/COR-000001.json" ||
      die 1 "THE DEMO FAILED: the evidence was not accepted"
  else
    say "(not run: Python here has no package cryptography)"
  fi
}

# The last position of the ledger.
head_position() {
  "$program" report --month 2026-03 --format json | sed -n 's/^  "position": \([0-9]*\),*$/\1/p'
}

# Where the extract said what the device is.
observed_at() {
  "$program" timeline device "$DEVICE" --format csv | sed -n 's/^\([0-9]*\),InventoryObserved,.*/\1/p' |
    head -n 1
}

# report_bytes POSITION FILE: the month's report as it was known at a position.
report_bytes() {
  printf '\n$ smi-ledger report --month 2026-03 --known-at %s --format json > %s\n' "$1" "$2"
  "$program" report --month 2026-03 --known-at "$1" --format json >"$folder/$2"
}

try_next() {
  cat <<NEXT
  smi-ledger timeline device $DEVICE
  smi-ledger device history $DEVICE --known-at 26
NEXT
}
