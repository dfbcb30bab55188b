import Answers
import Testing
import Wire

@testable import LedgerCLI

@Suite struct `A line of progress` {
  @Test func `tells share, count, rate and time left of the work`() {
    let text = ProgressText(
      "march.csv", 12_402_880, of: 30_118_204, unit: "rows", seconds: 58.5)
    #expect(
      text.whole
        == "march.csv  41 %  12,402,880 of 30,118,204 rows  212,015 rows/s  1 min 24 s left")
    #expect(
      ProgressText("erase", 0, of: 9, unit: "documents", seconds: 0).whole
        == "erase  0 %  0 of 9 documents")
  }

  @Test func `tells of a file that is checked about how many lines it has`() {
    let read = CSVProgress(lines: 12_402_880, bytes: 41_200, length: 100_000, isChecking: true)
    #expect(
      ProgressText("march.csv.gz", read, seconds: 20).whole
        == "march.csv.gz  checking  41 %  12,402,880 of about 30.1 M lines  620,144 lines/s  "
        + "29 s left")
    let pipe = CSVProgress(lines: 12, bytes: 400, length: nil, isChecking: true)
    #expect(ProgressText("x", pipe, seconds: 20).whole == "x  checking  12 lines")
  }

  @Test(
    arguments: [
      (7.0, "7"), (1234, "1,230"), (99_960, "100,000"), (248_400, "248,000"), (999_400, "999,000"),
      (999_600, "1.0 M"), (30_102_621, "30.1 M"), (1_234_560_000, "1,234.6 M"),
    ])
  func `rounds what it can't know`(_ number: Double, _ text: String) {
    #expect(ProgressText.about(number) == text)
  }

  @Test func `leaves out what there is no room for, and never all`() {
    let forms = ProgressText("march.csv", 50, of: 100, unit: "rows", seconds: 5).forms
      .map { $0.joined(separator: "  ") }
    #expect(forms.first == "march.csv  50 %  50 of 100 rows  10 rows/s  5 s left")
    #expect(forms.last == "50 %")
    for (longer, shorter) in zip(forms, forms.dropFirst()) {
      #expect(longer.count >= shorter.count)
    }
  }

  @Test func `is due each 10 % or 60 s where it isn't redrawn, and not at once`() {
    func text(_ done: Int) -> ProgressText {
      ProgressText("x", done, of: 1000, unit: "rows", seconds: 1)
    }
    var pace = ProgressPace()
    var told: [Int] = []
    for done in 0...1000 where pace.isDue(text(done), after: Double(done) / 10) {
      told.append(done)
    }
    #expect(told == [100, 200, 300, 400, 500, 600, 700, 800, 900])
    var slow = ProgressPace()
    let times = (0..<400).filter { slow.isDue(text(1), after: Double($0)) }
    #expect(times == [60, 120, 180, 240, 300, 360])
    var short = ProgressPace()
    for done in 0...1000 {
      let isDue = short.isDue(text(done), after: Double(done) / 250)
      #expect(!isDue)
    }
  }

  @Test func `begins anew with each stage`() {
    var pace = ProgressPace()
    let read = CSVProgress(lines: 1, bytes: 90, length: 100, isChecking: true)
    let checking = pace.isDue(ProgressText("x", read, seconds: 9), after: 9)
    let working = pace.isDue(
      ProgressText("x", 1, of: 10, unit: "rows", seconds: 1), after: 10)
    #expect(checking && working)
  }

  @Test func `a file that changed says what of it is recorded`() {
    let problem = FileProblem.changed("march.csv", what: "it was written to meanwhile")
    let start = "march.csv changed while it was read: it was written to meanwhile. "
    for (recorded, end) in [
      (.nothing, "Nothing of this file was recorded; import it again"),
      (
        .exactly(12_250),
        "Its first 12,250 rows are recorded as they were checked. Import it again: what is held is "
          + "passed over"
      ),
      (
        .atLeast(100),
        "At least 100 of its rows are recorded as they were checked. Import it again: what is "
          + "held is passed over"
      ),
    ] as [(FileChanged.Recorded, String)] {
      let told = Problem(FileChanged(change: problem, recorded: recorded))
      #expect(told.sentence == start + end)
      #expect(told.exit == 65)
    }
  }
}
