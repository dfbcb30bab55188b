# shellcheck shell=bash
# Held and wanted MPxN have different suppliers, so no 8.4 can pass: from the refusal to the fix.

readonly REFUSED_REQUEST=90-B3-D5-1F-30-01-00-00:90-B3-D5-1F-30-00-00-02:2002
readonly DEVICE=00-DB-12-34-56-78-92-00
readonly COR=COR-000001

set_up_the_ledger() {
  caption "A new ledger that decides SR 8.4 itself, with users, products, registrations and an SMI extract"
  example_ledger
}

two_requests() {
  caption "4 March: SUPA moves its own meter to its own meter point. All four checks hold; the SMI changes"
  step 0 "ACCEPTED  I99" submit accepted.xml --at 2026-03-04T09:58:00Z
  caption "Then another meter, to a meter point that SUPB is registered for: refused with E080415"
  step 1 "REFUSED  E080415" submit refused.xml --at 2026-03-04T10:12:00Z
  caption "Why? check records nothing: who is registered since when, that sending again can't help, which route is open"
  step 1 "Sending it again cannot help while SUPB is registered" check refused.xml \
    --at 2026-03-04T10:13:00Z
}

one_correction() {
  caption "The refused request becomes one correction; what was sent is attached, not typed again; SUPB is asked"
  step 0 "Opened $COR" correction open --request "$REFUSED_REQUEST" --at 2026-03-04T10:14:00Z
  caption "5 March: SUPC reports the same fault. It joins; there is no second thread"
  step 1 "Joined $COR" submit --open refused-too.xml --at 2026-03-05T14:01:00Z
  caption "The DCC gives it one owner, from start to end"
  step 0 "DCC-017 owns it" correction assign "$COR" --owner DCC-017 --actor DCC-017 \
    --at 2026-03-05T15:00:00Z
  caption "9 March: SUPB, the other supplier, agrees"
  step 0 "awaitingFix; turn of the DCC" correction consent "$COR" --actor "$SUPB" \
    --at 2026-03-09T09:30:00Z
}

the_fix() {
  caption "The DCC proposes the manual fix: this value, only if the SMI still holds that one"
  step 0 "proposed" correction propose "$COR" --actor DCC-017 --at 2026-03-09T11:00:00Z
  caption "The same person may not approve it (exit 77); another one does"
  step 77 "another person at the DCC approves it" correction approve "$COR" --actor DCC-017 \
    --at 2026-03-09T11:05:00Z
  step 0 "turn of the DSP" correction approve "$COR" --actor DCC-021 --at 2026-03-09T11:30:00Z
  caption "10 March: the DSP makes the change; the DCC looks whether it is there; SUPA says that it is right"
  step 0 "awaitingVerification" correction apply "$COR" --actor DSP-004 --at 2026-03-10T09:00:00Z
  step 0 "is resolved" correction verify "$COR" --actor DCC-017 --at 2026-03-10T09:30:00Z
  step 0 "is confirmed" correction confirm "$COR" --actor "$SUPA" --at 2026-03-10T16:00:00Z
}

what_is_left() {
  caption "The whole thread, with the time that each holder had it"
  step 0 "confirmed that it is right" correction show "$COR"
  caption "The device over time"
  step 0 "2001234501019" device history "$DEVICE"
  caption "The month's report"
  step 0 "1 correction resolved" report --month 2026-03
}

nobody_rewrote_it() {
  local copy=$folder/tampered
  caption "Every record read and hashed again"
  step 0 "PROVEN" verify
  caption "Now somebody flips one bit of one byte in a copy of the ledger"
  cp -R -- "$SMI_LEDGER" "$copy"
  printf '\n$ cp -R "$SMI_LEDGER" %s && python3 tools/lib/flip-byte.py %s/ledger.sqlite 40\n' \
    "$copy" "$copy"
  "$(python_with_sqlite)" "$here/lib/flip-byte.py" "$copy/ledger.sqlite" 40 </dev/null
  step 1 "  40: " verify --ledger "$copy"
}

tell() {
  set_up_the_ledger
  two_requests
  one_correction
  the_fix
  what_is_left
  nobody_rewrote_it
}

try_next() {
  cat <<NEXT
  smi-ledger explain E080415
  smi-ledger check refused.xml --format json
  smi-ledger timeline party SUPB
  smi-ledger correction show $COR --explain-clock
  smi-ledger device show $DEVICE
NEXT
}
