using Koinon.Primitives;
using Koinon.Primitives.Transactions;
using Koinon.Rpc.Engine;

namespace Koinon.Rpc.Testing;

/// <summary>What block is to be built.</summary>
/// <param name="Parent">The block before.</param>
/// <param name="Attributes">What it is to be like.</param>
/// <param name="Transactions">Exactly these; what waits in the pool where there are none.</param>
/// <param name="ExtraData">Free bytes.</param>
internal sealed record TestingBuildRequest(
    Hash256 Parent,
    PayloadAttributes Attributes,
    IReadOnlyList<Transaction>? Transactions,
    ReadOnlyMemory<byte> ExtraData);
