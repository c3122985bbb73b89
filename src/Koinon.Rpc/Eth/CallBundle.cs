using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Eth;

/// <summary>Calls that run in one block.</summary>
/// <param name="Calls">The calls, in their order.</param>
/// <param name="Block">What the block is to be like.</param>
public sealed record CallBundle(IReadOnlyList<CallRequest> Calls, BlockOverride? Block);
