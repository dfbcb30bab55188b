import Testing

@testable import Corrections

@Suite struct `Check digits` {
  @Test(arguments: [
    // Worked by hand.
    "1200005432101", "1000000123451", "1655500011126", "2001234501019", "2377770010031",
    "2909000800078",
    // The sum mod 11 is 10, written as 0.
    "1429876543210", "1100000000090",
    // Vectors of a public library.
    "1470116845051", "1049827101269", "3433899920164", "2143967712809", "2830997098859",
    "1816273348119", "1892941794350", "1525379938096", "2544886475542", "1312345678907",
  ])
  func `of an MPAN are right`(_ digits: String) throws {
    #expect(CheckDigits(of: try #require(MPxN(digits))) == .right)
  }

  @Test(arguments: [
    ("1312345678111", "8"), ("1312345678222", "4"), ("1312345678333", "0"), ("2499999999990", "1"),
  ])
  func `of an MPAN are wrong unless the last digit is the one computed`(
    _ digits: String, _ right: String
  ) throws {
    #expect(CheckDigits(of: try #require(MPxN(digits))) == .wrong)
    #expect(CheckDigits(of: try #require(MPxN(digits.dropLast() + right))) == .right)
  }

  @Test(arguments: [
    "3938424403", "8765432106", "7400012306", "1000000109", "987654309", "54321004",
    // The sum mod 11 is 10, written as 10.
    "1234567810", "7500000710",
  ])
  func `of an MPRN are right`(_ digits: String) throws {
    #expect(CheckDigits(of: try #require(MPxN(digits))) == .right)
  }

  @Test(arguments: [("1234567890", "10"), ("1000999888", "09")])
  func `of an MPRN are wrong unless the last two are the ones computed`(
    _ digits: String, _ right: String
  ) throws {
    #expect(CheckDigits(of: try #require(MPxN(digits))) == .wrong)
    #expect(CheckDigits(of: try #require(MPxN(digits.dropLast(2) + right))) == .right)
  }

  @Test(arguments: ["1", "12345", "12345678901", "123456789012"])
  func `are not defined for lengths that nobody publishes`(_ digits: String) throws {
    #expect(CheckDigits(of: try #require(MPxN(digits))) == .notDefined)
  }

  @Test(arguments: ["120000543210", "131234567811"])
  func `of an MPAN are right for exactly one last digit`(_ body: String) throws {
    let right = try (0...9).filter { try CheckDigits(of: #require(MPxN(body + "\($0)"))) == .right }
    #expect(right.count == 1)
  }

  @Test(arguments: [5, 6] as [UInt64])
  func `of an MPAN find most single wrong digits`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var missed = 0
    for _ in 0..<1000 {
      var digits = Array("1200005432101".utf8)
      let place = Int.random(in: 0..<12, using: &generator)
      let other = UInt8.random(in: 48...57, using: &generator)
      guard digits[place] != other else { continue }
      digits[place] = other
      let mpxn = try #require(MPxN(String(decoding: digits, as: UTF8.self)))
      if CheckDigits(of: mpxn) == .right { missed += 1 }
    }
    // Remainders 0 and 10 share the digit 0, so some pass.
    #expect(missed < 100)
  }
}
