import Foundation
import Testing
import Wire

@Suite struct `The examples that outsiders start from` {
  private func path(_ name: String) -> String { "\(Repository.root)/schemas/examples/\(name)" }

  @Test func `have the columns that the readers want`() throws {
    _ = try CSVFile<UserRow>.validate(path("users.csv"))
    _ = try CSVFile<ProductRow>.validate(path("products.csv"))
    _ = try CSVFile<RegistrationRow>.validate(path("registrations.csv"))
    _ = try CSVFile<InventoryRow>.validate(path("inventory.csv"))
  }

  @Test(arguments: ["accepted.xml", "refused.xml", "refused-too.xml"])
  func `are requests that the reader takes`(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
    guard case .request = try DUIS.read(bytes, file: name) else {
      Issue.record("\(name) is not a request")
      return
    }
  }

  @Test func `are all of them tried`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: path(""))
    #expect(
      Set(files) == [
        "accepted.xml", "refused.xml", "refused-too.xml", "users.csv", "products.csv",
        "registrations.csv", "inventory.csv",
      ])
  }
}
