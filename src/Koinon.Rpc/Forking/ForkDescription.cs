using Koinon.Primitives;

namespace Koinon.Rpc.Forking;

/// <summary>Where a chain forks off, for those who ask.</summary>
/// <param name="Endpoint">The address of the remote node, as it was given.</param>
/// <param name="ChainId">The remote chain's number.</param>
/// <param name="Number">The fork block's number.</param>
/// <param name="Hash">The fork block's hash.</param>
/// <param name="Backoff">The wait before the first repetition of a request to the remote.</param>
public sealed record ForkDescription(string Endpoint, ulong ChainId, ulong Number, Hash256 Hash, TimeSpan Backoff);
