import Foundation
import Ledger
import LedgerWeb

// A program for tests only: the server with limits that can be waited for, until it is killed.

let arguments = CommandLine.arguments
guard arguments.count == 4, let milliseconds = Int64(arguments[2]) else {
  print("usage: limited-server FOLDER MILLISECONDS none|read|write|slow")
  exit(64)
}
let full = Workers.Kind.allCases.first { "\($0)" == arguments[3] }
let ledger = try Ledger.open(at: arguments[1])
let workers = Workers { kind in
  var bounds = Workers.Bounds.standard(kind)
  if kind == full { bounds.calls = 0 }
  return bounds
}
var options = ServerOptions()
options.port = 0
options.limits = TimeLimits(milliseconds: milliseconds)
try await LedgerServer.run(
  Shared(ledger, AccessStore(folder: ledger.folder), workers), options
) { port in
  FileHandle.standardOutput.write(Data("Serving http://127.0.0.1:\(port)\n".utf8))
}
