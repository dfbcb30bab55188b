import CanonicalJSON
import EventLog
import Foundation

// A program for tests only: it appends until it is killed, or until whoever started it is gone.

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  print("usage: log-hammer FOLDER NAME")
  exit(64)
}
try hammer(folder: arguments[1], name: arguments[2])
