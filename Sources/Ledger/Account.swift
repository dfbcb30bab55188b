import Glibc

/// The operating system account that runs the program, as its number: a name may be a person's.
enum Account {
  static var current: UInt32 { getuid() }
}
