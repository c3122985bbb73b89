namespace Koinon.Rpc.Requests;

/// <summary>One block of a simulation.</summary>
/// <param name="Block">What the block is to be like.</param>
/// <param name="Accounts">What accounts are to be like before its calls.</param>
/// <param name="Calls">The calls, in their order.</param>
public sealed record SimulationBlock(
    BlockOverride Block, IReadOnlyList<StateOverride> Accounts, IReadOnlyList<CallRequest> Calls);
