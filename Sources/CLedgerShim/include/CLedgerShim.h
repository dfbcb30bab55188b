#ifndef C_LEDGER_SHIM_H
#define C_LEDGER_SHIM_H
#include <sqlite3.h>
int ledger_no_checkpoint_on_close(sqlite3 *db);
#endif
