/// What a month comes to beside other months.
public struct MonthFigures: Hashable, Sendable {
  /// The month.
  public let month: Month
  /// Corrections opened in it.
  public let opened: Int
  /// Working time from opening to resolution of those resolved in it; nil when none was.
  public let working: ResolutionReport.Spread?

  /// Makes the figures of a month.
  public init(month: Month, opened: Int, working: ResolutionReport.Spread?) {
    self.month = month
    self.opened = opened
    self.working = working
  }
}
