import Corrections
import Testing

@Suite struct `Percentiles and the median` {
  @Test func `nearest rank is the value at rank ⌈p ÷ 100 × n⌉`() {
    let values: [Int64] = [50, 15, 40, 20, 35]
    #expect(Percentile.nearestRank(5, of: values) == 15)
    #expect(Percentile.nearestRank(30, of: values) == 20)
    #expect(Percentile.nearestRank(40, of: values) == 20)
    #expect(Percentile.nearestRank(41, of: values) == 35)
    #expect(Percentile.nearestRank(100, of: values) == 50)
    #expect(Percentile.nearestRank(0, of: values) == 15)
    #expect(Percentile.nearestRank(90, of: Array(1...10)) == 9)
    #expect(Percentile.nearestRank(90, of: Array(1...11)) == 10)
  }

  @Test func `the median of an even number is the mean of the middle two, half a unit cut`() {
    #expect(Percentile.median(of: [7]) == 7)
    #expect(Percentile.median(of: [9, 1, 4]) == 4)
    #expect(Percentile.median(of: [9, 1, 4, 6]) == 5)
    #expect(Percentile.median(of: [4, 3]) == 3)
    #expect(Percentile.median(of: [Int64.max, Int64.max - 2]) == Int64.max - 1)
  }

  @Test func `no value, no figure`() {
    #expect(Percentile.median(of: []) == nil)
    #expect(Percentile.nearestRank(90, of: []) == nil)
  }
}
