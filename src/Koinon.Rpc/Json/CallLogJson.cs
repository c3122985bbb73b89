using Koinon.Evm.Tracing;
using Koinon.Primitives;

namespace Koinon.Rpc.Json;

/// <summary>A log in a frame of <c>callTracer</c>.</summary>
/// <param name="Address">The contract that wrote it.</param>
/// <param name="Topics">Up to four topics.</param>
/// <param name="Data">Its data.</param>
/// <param name="Index">Its number in the block.</param>
/// <param name="Position">How many calls the frame had made before it.</param>
public sealed record CallLogJson(
    Address Address, IReadOnlyList<Hash256> Topics, HexData Data, Quantity Index, Quantity Position)
{
    /// <summary>The shape of a log.</summary>
    /// <param name="trace">The log.</param>
    /// <param name="firstIndex">How many logs stand before the transaction in its block.</param>
    public static CallLogJson Of(in LogTrace trace, int firstIndex = 0) => new(
        trace.Log.Address,
        trace.Log.Topics,
        trace.Log.Data,
        (ulong)(firstIndex + trace.Index),
        (ulong)trace.Position);
}
