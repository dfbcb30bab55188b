import CanonicalJSON
import Corrections

extension StoredForm {
  static func body(_ event: User) -> Object {
    [
      "marketParticipantIds": .listOrNil(event.marketParticipantIDs.map { .string($0) }),
      "name": .of(event.name), "party": .string(event.party),
      "roles": .list(event.roles.map(\.rawValue)), "status": .of(event.status),
      "userId": .string(event.id),
    ]
  }

  static func body(_ event: UserStatusChanged) -> Object {
    [
      "party": .string(event.party), "status": .of(event.status), "userId": .string(event.id),
    ]
  }

  static func body(_ event: Product) -> Object {
    [
      "deviceType": .of(event.deviceType), "esmeVariantFirst": .of(event.esmeVariantFirst),
      "firmwareVersion": .of(event.firmwareVersion), "listedFrom": .of(event.listedFrom),
      "listedTo": .of(event.listedTo), "manufacturer": .string(event.manufacturer),
      "model": .string(event.model), "status": .of(event.status),
    ]
  }

  static func body(_ event: RegistrationsImported) -> Object {
    [
      "added": .of(event.added), "base": .of(event.base), "changed": .of(event.changed),
      "ended": .of(event.ended),
      "mode": .of(event.mode), "root": .string(event.root), "rows": .of(event.rows),
      "set": .of(event.set),
    ]
  }

  static func body(_ event: InventoryImported) -> Object {
    [
      "asAt": .of(event.asAt), "coverage": .of(event.coverage),
      "observed": .of(event.observed), "rows": .of(event.rows),
    ]
  }

  static func body(_ event: ProductsImported) -> Object {
    ["asAt": .of(event.asAt), "listed": .of(event.listed), "rows": .of(event.rows)]
  }

  static func decodeReferenceEvent(_ type: String, _ body: Body) throws(StoredFormError)
    -> Event?
  {
    switch type {
    case "UserRegistered": .userRegistered(try user(body))
    case "UserStatusChanged":
      .userStatusChanged(
        UserStatusChanged(
          id: try body.text("userId"), party: try body.text("party"),
          status: try body.one("status")))
    case "ProductListed": .productListed(try product(body))
    case "ProductsImported":
      .productsImported(
        ProductsImported(
          rows: try body.integer("rows"), listed: try body.integer("listed"),
          asAt: try body.time("asAt")))
    case "RegistrationsImported":
      .registrationsImported(
        RegistrationsImported(
          set: try body.integer("set"), base: try body.optionalInteger("base"),
          mode: try body.one("mode"), rows: try body.integer("rows"),
          added: try body.integer("added"), changed: try body.integer("changed"),
          ended: try body.integer("ended"),
          root: try body.text("root")))
    case "InventoryImported":
      .inventoryImported(
        InventoryImported(
          coverage: try body.one("coverage"), rows: try body.integer("rows"),
          observed: try body.integer("observed"), asAt: try body.time("asAt")))
    default: nil
    }
  }

  private static func user(_ body: Body) throws(StoredFormError) -> User {
    var roles: [UserRole] = []
    for text in try body.texts("roles") {
      guard let role = UserRole(rawValue: text) else {
        throw .unknownCode(type: body.type, field: "roles", code: text)
      }
      roles.append(role)
    }
    return User(
      id: try body.text("userId"), party: try body.text("party"),
      marketParticipantIDs: try body.texts("marketParticipantIds"), roles: roles,
      status: try body.one("status"), name: try body.optionalToken("name"))
  }

  private static func product(_ body: Body) throws(StoredFormError) -> Product {
    Product(
      deviceType: try body.one("deviceType"),
      esmeVariantFirst: try body.optionalText("esmeVariantFirst"),
      manufacturer: try body.text("manufacturer"), model: try body.text("model"),
      firmwareVersion: try body.optionalText("firmwareVersion"), status: try body.one("status"),
      listedFrom: try body.optionalTime("listedFrom"),
      listedTo: try body.optionalTime("listedTo"))
  }
}
