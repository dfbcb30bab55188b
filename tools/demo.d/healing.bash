# shellcheck shell=bash
# What heals a correction, and what only looks like it.

readonly DEVICE=00-DB-12-34-56-78-92-00

tell() {
  caption "A new ledger with the examples; a refused 8.4 becomes a correction, and SUPB is asked"
  example_ledger
  step 1 "Opened COR-000001" submit --open refused.xml --quiet
  caption "An extract of the SMI says another value: the correction is marked, and goes on"
  written other.csv <<CSV
DeviceID,DeviceType,DeviceStatus,ImportMPxN
$DEVICE,ESME,Commissioned,2909000800078
CSV
  step 0 "1 row" import inventory "$folder/other.csv"
  step 0 "MOVED ON" correction show COR-000001
  caption "A later extract says the wanted value: whoever put it right, it is resolved by itself, with that extract as the cause"
  written right.csv <<CSV
DeviceID,DeviceType,DeviceStatus,ImportMPxN
$DEVICE,ESME,Commissioned,2001234501019
CSV
  step 0 "1 row" import inventory "$folder/right.csv"
  step 0 "resolved, the inventory was seen to hold the wanted value" correction show COR-000001
  caption "SUPA is asked to confirm; it can say that it is not right after all. Silence counts as yes after the policy's days"
  step 0 "is open" correction reopen COR-000001 --reason "the other flat, too" --actor "$SUPA"
  step 0 "is withdrawn" correction withdraw COR-000001 --reason "it was right" --actor "$SUPA"
  caption "The same fault reported once more soon after a fix opens the old thread; a withdrawn one stays ended"
  step 1 "is so already" correction open --device "$DEVICE" --field importMPxN \
    --value 2001234501019 --actor "$SUPA"
}

try_next() {
  cat <<NEXT
  smi-ledger correction show COR-000001 --format json
  smi-ledger device history $DEVICE
NEXT
}
