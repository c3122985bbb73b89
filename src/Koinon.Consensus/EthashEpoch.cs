using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Consensus;

/// <summary>The 30,000 blocks that share one Ethash cache: its sizes and its seed.</summary>
/// <param name="Number">Counted from 0.</param>
/// <remarks>Source: Ethash specification revision 23.</remarks>
public readonly record struct EthashEpoch(uint Number)
{
    /// <summary>Blocks of an epoch.</summary>
    public const ulong Blocks = 30_000;

    private const ulong CacheBytesInitial = 1UL << 24;
    private const ulong CacheBytesGrowth = 1UL << 17;
    private const ulong DatasetBytesInitial = 1UL << 30;
    private const ulong DatasetBytesGrowth = 1UL << 23;

    /// <summary>The epoch of a block.</summary>
    /// <exception cref="OverflowException">The number is over 1.2 · 10¹⁴.</exception>
    public static EthashEpoch Of(ulong blockNumber) => new(checked((uint)(blockNumber / Blocks)));

    /// <summary>Bytes of the cache: the largest prime count of 64-byte items below its linear growth.</summary>
    public ulong CacheBytes =>
        LargestPrimeMultiple(
            CacheBytesInitial + CacheBytesGrowth * Number - EthashCache.ItemBytes, EthashCache.ItemBytes);

    /// <summary>Bytes of the data set: the largest prime count of 128-byte rows below its linear growth.</summary>
    public ulong DatasetBytes =>
        LargestPrimeMultiple(
            DatasetBytesInitial + DatasetBytesGrowth * Number - EthashCache.RowBytes, EthashCache.RowBytes);

    /// <summary>What the cache grows from: Keccak-256 taken <see cref="Number"/> times of 32 zero bytes.</summary>
    public Hash256 Seed
    {
        get
        {
            Span<byte> seed = stackalloc byte[Hash256.Size];
            seed.Clear();
            for (uint step = 0; step < Number; step++)
            {
                Keccak256.Hash(seed, seed);
            }

            return new Hash256(seed);
        }
    }

    private static ulong LargestPrimeMultiple(ulong bytes, ulong unit)
    {
        while (!IsPrime(bytes / unit))
        {
            bytes -= 2 * unit;
        }

        return bytes;
    }

    /// <summary>Trial division: the counts are odd and of 24 to 27 bits, so 4,000 divisions at most.</summary>
    private static bool IsPrime(ulong odd)
    {
        for (ulong divisor = 3; divisor * divisor <= odd; divisor += 2)
        {
            if (odd % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }
}
