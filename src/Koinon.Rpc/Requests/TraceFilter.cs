using Koinon.Primitives;

namespace Koinon.Rpc.Requests;

/// <summary>Which calls a caller asks for (<c>trace_filter</c>).</summary>
public sealed record TraceFilter
{
    /// <summary>The first block; the genesis where none is named.</summary>
    public BlockReference From { get; init; } = BlockReference.Tagged(BlockTag.Earliest);

    /// <summary>The last block; the head where none is named.</summary>
    public BlockReference To { get; init; } = BlockReference.Latest;

    /// <summary>Who calls, makes or destructs; anybody where the list is empty.</summary>
    public IReadOnlyList<Address> Senders { get; init; } = [];

    /// <summary>Who is called, made, paid; anybody where the list is empty.</summary>
    public IReadOnlyList<Address> Recipients { get; init; } = [];

    /// <summary>Whether both lists must fit; else one of them.</summary>
    public bool WantsBoth { get; init; }

    /// <summary>How many of those that fit are left out first.</summary>
    public ulong After { get; init; }

    /// <summary>How many are shown; all where none is named.</summary>
    public ulong? Count { get; init; }

    /// <summary>Whether a call from one account to another is asked for.</summary>
    public bool Matches(Address? sender, in Address recipient)
    {
        Address to = recipient;
        bool bySender = sender is { } from && Senders.Contains(from);
        bool byRecipient = Recipients.Contains(to);
        return (Senders.Count, Recipients.Count) switch
        {
            (0, 0) => true,
            (_, 0) => bySender,
            (0, _) => byRecipient,
            _ => WantsBoth ? bySender && byRecipient : bySender || byRecipient,
        };
    }
}
