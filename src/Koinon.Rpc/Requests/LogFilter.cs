using Koinon.Primitives;
using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Requests;

/// <summary>Which logs a caller asks for.</summary>
public sealed record LogFilter
{
    /// <summary>The first block; the head where none is named.</summary>
    public BlockReference? From { get; init; }

    /// <summary>The last block; the head where none is named.</summary>
    public BlockReference? To { get; init; }

    /// <summary>The one block whose logs are asked for; then neither first nor last is named.</summary>
    public Hash256? BlockHash { get; init; }

    /// <summary>The contracts whose logs are asked for; any where the list is empty.</summary>
    public IReadOnlyList<Address> Addresses { get; init; } = [];

    /// <summary>For each position the topics that fit; any where the list of a position is empty.</summary>
    public IReadOnlyList<IReadOnlyList<Hash256>> Topics { get; init; } = [];

    /// <summary>Whether a log is one of those asked for.</summary>
    public bool Matches(Log log)
    {
        if ((Addresses.Count > 0 && !Addresses.Contains(log.Address)) || Topics.Count > log.Topics.Count)
        {
            return false;
        }

        for (int position = 0; position < Topics.Count; position++)
        {
            if (Topics[position].Count > 0 && !Topics[position].Contains(log.Topics[position]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a log of a block that came or went is one of those asked for.</summary>
    /// <param name="log">The log.</param>
    /// <param name="number">The number of its block.</param>
    public bool MatchesNew(Log log, ulong number) =>
        !(From is { Tag: BlockTag.Number } from && number < from.Number)
        && !(To is { Tag: BlockTag.Number } to && number > to.Number)
        && Matches(log);

    /// <summary>Whether a block's bloom leaves room for a log that is asked for.</summary>
    public bool MayMatch(in Bloom bloom)
    {
        Bloom blocks = bloom;
        return (Addresses.Count == 0 || Addresses.Any(address => blocks.Contains(Address.AsSpan(in address))))
            && Topics.All(fits => fits.Count == 0 || fits.Any(topic => blocks.Contains(Hash256.AsSpan(in topic))));
    }
}
