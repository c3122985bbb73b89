using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Engine;

/// <summary>What a consensus client wants a new block to be like.</summary>
internal sealed record PayloadAttributes(
    ulong Timestamp,
    Hash256 PrevRandao,
    Address FeeRecipient,
    IReadOnlyList<Withdrawal>? Withdrawals,
    Hash256? ParentBeaconBlockRoot);
