import Foundation
import Testing

@testable import Wire

@Suite struct `Bytes that come only once` {
  private func spool(_ bytes: [UInt8]) throws -> CSVSpool {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: bytes)
    try pipe.fileHandleForWriting.close()
    return try CSVSpool(pipe.fileHandleForReading.fileDescriptor, named: "standard input")
  }

  @Test(arguments: [false, true])
  func `are kept as they came, and read as often as it takes`(isPacked: Bool) throws {
    let text = registrationHeader + registration + registration
    let bytes = isPacked ? try gzipped(text) : Array(text.utf8)
    var options = CSVOptions()
    let spool = try spool(bytes)
    #expect(spool.bytes == bytes.count)
    options.spool = spool
    let whole = try CSVFile<RegistrationRow>.validate("standard input", options)
    #expect(whole.rows == 2)
    let again = try CSVFile<RegistrationRow>.read("standard input", options, same: whole) {
      #expect($1 > 1 && $0.supplier == "SUPA")
    }
    #expect(again == whole)
  }

  @Test func `stand in a file without a name that nobody else can read`() throws {
    let spool = try spool(Array(registration.utf8))
    var found = stat()
    #expect(fstat(spool.descriptor, &found) == 0)
    #expect(found.st_nlink == 0)
    #expect(found.st_mode & 0o777 == 0o600)
    #expect(Int(found.st_size) == registration.utf8.count)
  }

  @Test func `are named in what is wrong with them, and handed back`() throws {
    try withFolder { folder in
      var options = CSVOptions()
      options.spool = try spool(Array((registrationHeader + "x,import,SUPA,2026-01-01,\n").utf8))
      #expect {
        try CSVFile<RegistrationRow>.validate("standard input", options)
      } throws: {
        ($0 as? CSVProblems)?.problems.first?.message
          == "standard input line 2, mpxn: expected 13 digits, found x"
      }
      let count = try CSVFile<RegistrationRow>.writeProblems(
        of: "standard input", options, to: "\(folder)/out.csv")
      #expect(count == 1)
    }
  }

  @Test func `are given up where there is no room for them`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Array(registration.utf8))
    try pipe.fileHandleForWriting.close()
    // A device that is always full.
    let full = open("/dev/full", O_WRONLY)
    guard full >= 0 else {
      print("skipped: a full disk, since there is no /dev/full")
      return
    }
    let problem = FileProblem.full("/tmp", keeping: "standard input")
    #expect(throws: problem) {
      try CSVSpool.copy(
        pipe.fileHandleForReading.fileDescriptor, named: "standard input",
        to: UnnamedFile(full, in: "/tmp")
      ) { _ in }
    }
    #expect(
      problem.description
        == "the disk of /tmp is full, where standard input is kept meanwhile; nothing was recorded. "
        + "Free some space there, or name another folder with TMPDIR")
  }

  @Test func `are not taken where they can't be kept`() throws {
    try withFolder { folder in
      _ = #expect {
        try CSVSpool(0, named: "standard input", in: "\(folder)/none")
      } throws: {
        ($0 as? FileProblem)?.description.hasPrefix("\(folder)/none can't be written: ") == true
      }
    }
  }
}
