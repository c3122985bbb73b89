using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>Which program this is, as block authors write it into their graffiti.</summary>
/// <param name="Code">Two letters.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Commit">The first four bytes of the commit that it was built from.</param>
public sealed record ClientVersionJson(string Code, string Name, string Version, HexData Commit);
