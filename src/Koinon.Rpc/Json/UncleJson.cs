using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Json;

/// <summary>An uncle as answers show it: a block of which the chain knows the header alone.</summary>
public sealed record UncleJson : HeaderJson
{
    /// <summary>The shape of an uncle.</summary>
    /// <param name="header">Its header.</param>
    public UncleJson(SealedHeader header)
        : base(header) => Size = (ulong)new Block { Header = header.Header }.Size;

    /// <summary>The length in RLP of the block without a body, in bytes.</summary>
    public Quantity Size { get; }

    /// <summary>None: an uncle's uncles are not known.</summary>
    public IReadOnlyList<Hash256> Uncles { get; } = [];
}
