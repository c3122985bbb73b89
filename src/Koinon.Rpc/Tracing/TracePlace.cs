using Koinon.Primitives;

namespace Koinon.Rpc.Tracing;

/// <summary>Where a transaction stands in the chain.</summary>
/// <param name="BlockHash">Hash of its block.</param>
/// <param name="BlockNumber">Number of its block.</param>
/// <param name="TransactionHash">Its hash.</param>
/// <param name="Index">Its number in the block, from 0.</param>
internal readonly record struct TracePlace(Hash256 BlockHash, ulong BlockNumber, Hash256 TransactionHash, int Index);
