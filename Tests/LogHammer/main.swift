import CanonicalJSON
import EventLog
import Foundation

// A program for tests and measurements only: it appends until it is killed, or measures how fast
// that goes.

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
  print("usage: log-hammer hammer FOLDER NAME | log-hammer bench FOLDER [what …]")
  exit(64)
}
switch arguments[1] {
case "hammer": try hammer(folder: arguments[2], name: arguments.count > 3 ? arguments[3] : "A")
case "bench": try Bench(folder: arguments[2]).run(Array(arguments.dropFirst(3)))
default: exit(64)
}
