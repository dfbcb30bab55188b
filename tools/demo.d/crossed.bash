# shellcheck shell=bash
# Crossed meters: each device holds the other one's meter point. One set of consents, one change.

readonly LEFT=00-DB-12-34-56-78-93-01
readonly RIGHT=00-DB-12-34-56-78-93-02

crossed_devices() {
  caption "Two flats, two meters, each with the other flat's meter point"
  written crossed.csv <<CSV
DeviceID,DeviceType,DeviceStatus,ImportMPxN,SecondaryImportMPAN,ExportMPAN,ESMEVariant
$LEFT,ESME,Commissioned,2001234501019,,,A
$RIGHT,ESME,Commissioned,1655500011126,,,A
CSV
  step 0 "2 rows" import inventory "$folder/crossed.csv" --at 2026-03-01T00:00:00Z
}

by_hand() {
  caption "SUPA reports its flat. SUPB is registered for what the device holds, so no 8.4 can pass: SUPB is asked"
  step 0 "turn of SUPB" correction open --device "$LEFT" --field importMPxN --value 1655500011126 \
    --actor "$SUPA"
  step 0 "$RIGHT holds the wanted MPxN too" correction show COR-000001
  caption "SUPB reports the other flat. That closes the pair: both are linked, and each has agreed by asking"
  step 0 "Opened COR-000002" correction open --device "$RIGHT" --field importMPxN \
    --value 2001234501019 --actor "$SUPB"
  step 0 "a crossed pair, settled together" correction show COR-000002
  caption "The DCC proposes the fix: for both, in one step. Another person approves both, the DSP applies both"
  step 0 "turn of the DCC" correction propose COR-000001 --actor DCC-017
  step 0 "turn of the DSP" correction approve COR-000002 --actor DCC-021
  step 0 "awaitingVerification" correction apply COR-000001 --actor DSP-004
  step 0 "1655500011126" device show "$LEFT"
  step 0 "2001234501019" device show "$RIGHT"
  step 0 "is resolved" correction verify COR-000001 --actor DCC-017
  step 0 "is resolved" correction verify COR-000002 --actor DCC-017
}

by_itself() {
  caption "Where the consents are four eyes enough, the ledger makes such changes by itself"
  step 0 "ledger makes the change" policy --after-consents ledger --actor DCC-017
  written crossed-again.csv <<CSV
DeviceID,DeviceType,DeviceStatus,ImportMPxN,SecondaryImportMPAN,ExportMPAN,ESMEVariant
00-DB-12-34-56-78-93-03,ESME,Commissioned,1429876543210,,,A
00-DB-12-34-56-78-93-04,ESME,Commissioned,1200005432101,,,A
CSV
  step 0 "2 rows" import inventory "$folder/crossed-again.csv"
  step 0 "turn of SUPB" correction open --device 00-DB-12-34-56-78-93-03 --field importMPxN \
    --value 1200005432101 --actor "$SUPA"
  caption "The moment SUPB reports the other one, everybody has agreed: both entries are right in one step"
  step 0 "is resolved" correction open --device 00-DB-12-34-56-78-93-04 --field importMPxN \
    --value 1429876543210 --actor "$SUPB"
  step 0 "everybody agreed, and the ledger made the change" correction show COR-000003
  step 0 "1200005432101" device show 00-DB-12-34-56-78-93-03
  step 0 "1429876543210" device show 00-DB-12-34-56-78-93-04
}

tell() {
  caption "A new ledger with the examples"
  example_ledger --without-inventory
  crossed_devices
  by_hand
  by_itself
}

try_next() {
  cat <<NEXT
  smi-ledger correction list --all
  smi-ledger timeline mpxn 1655500011126
  smi-ledger policy
NEXT
}
