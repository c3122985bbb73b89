using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Json;

/// <summary>A log in a frame of <c>callTracer</c>.</summary>
/// <param name="Address">The contract that wrote it.</param>
/// <param name="Topics">Up to four topics.</param>
/// <param name="Data">Its data.</param>
/// <param name="Position">How many calls the frame had made before it.</param>
public sealed record CallLogJson(Address Address, IReadOnlyList<Hash256> Topics, HexData Data, Quantity Position)
{
    /// <summary>The shape of a log.</summary>
    public static CallLogJson Of(Log log, int position) => new(log.Address, log.Topics, log.Data, (ulong)position);
}
