import CFaultVFS
import Foundation
import GRDBSQLite
import Testing

@testable import EventLog

@Suite(.serialized) struct `a disk that fails` {
  private struct Setup {
    let folder: TemporaryFolder
    let vfs: OpaquePointer
    let configuration: LogConfiguration
    let log: EventLog

    init() throws {
      folder = try TemporaryFolder(in: "/dev/shm")
      var configuration = LogConfiguration.test()
      configuration.checkpointPages = 12
      configuration.indexChunk = 10
      try EventLog.make(folder, configuration).close()
      let name = "fault-\(UUID().uuidString)"
      vfs = try #require(fault_vfs_register(name))
      configuration.vfs = name
      self.configuration = configuration
      log = try EventLog.open(at: folder.ledger, configuration: configuration)
    }
  }

  private func request(_ number: Int) -> AppendRequest {
    AppendRequest(key: AppendKey(kind: "k", within: "P", value: "\(number)"), content: [1]) { _ in
      [.test(tags: ["device:\(number % 3)"]), .test(text: String(repeating: "x", count: 3000))]
    }
  }

  @Test(
    arguments: [
      (FAULT_SYNC, SQLITE_IOERR | 4 << 8), (FAULT_WRITE, SQLITE_IOERR | 3 << 8),
      (FAULT_WRITE, SQLITE_FULL),
    ], [false, true])
  func `at the nth operation leaves each append whole or not at all, and its key tells which`(
    fault: (Int, Int32), forever: Bool
  ) throws {
    var nth = 1
    var unknown = 0
    while true {
      let setup = try Setup()
      fault_vfs_fail(setup.vfs, Int32(fault.0), Int32(nth), fault.1, forever ? 1 : 0)
      var acknowledged: [Int: ClosedRange<Int>] = [:]
      var failed: Int?
      for number in 0..<7 where failed == nil {
        do {
          acknowledged[number] = try setup.log.append(request(number)).positions
        } catch LogError.outcomeUnknown {
          failed = number
          unknown += 1
          #expect(throws: LogError.self) { try setup.log.append(request(99)) }
        } catch LogError.diskFull {
          failed = number
        } catch LogError.ioFailure {
          failed = number
        }
      }
      let happened = fault_vfs_failures(setup.vfs)
      fault_vfs_fail(setup.vfs, 0, 0, 0, 0)
      if fault.1 == SQLITE_FULL, failed != nil {
        // A full disk needs no restart once there is room.
        #expect(try !setup.log.append(request(98)).repeated)
      }
      setup.log.close()

      let again = try EventLog.open(at: setup.folder.ledger, configuration: setup.configuration)
      for (number, positions) in acknowledged {
        let repeated = try again.append(request(number))
        #expect(repeated.repeated && repeated.positions == positions)
      }
      if let failed {
        let retried = try again.append(request(failed))
        #expect(retried.positions.count == 2)
        #expect(try again.append(request(failed)).positions == retried.positions)
      }
      #expect(try again.verifyContent() == [])
      again.close()
      if happened == 0 { break }
      nth += 1
    }
    #expect(nth > 10)
    #expect(unknown > 0 || fault.1 == SQLITE_FULL)
  }
}
