using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>The newest block, by number and hash.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
public sealed record HeadJson(Quantity Number, Hash256 Hash);
