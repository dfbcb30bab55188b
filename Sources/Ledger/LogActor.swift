import EventLog

/// The actor of a record; the module and its class share a name, so it can't be named in full.
typealias LogActor = Actor
