using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Koinon.Crypto;
using Koinon.Primitives;

namespace Koinon.Consensus;

/// <summary>The pseudorandom cache of one epoch, from which any item of the data set is computed.</summary>
/// <remarks>
/// Immutable once built, so any thread may use it. Building epoch 0 hashes a million items of 64 bytes (about half a
/// second); a check reads 32,768 items of the cache. All words are little-endian (Ethash specification revision 23).
/// </remarks>
public sealed class EthashCache
{
    /// <summary>Bytes of an item of the cache and of the data set.</summary>
    public const int ItemBytes = 64;

    /// <summary>Bytes of a row of the data set: the two items that one access mixes in.</summary>
    public const int RowBytes = 2 * ItemBytes;

    private const int ItemWords = ItemBytes / sizeof(uint);
    private const int RowWords = RowBytes / sizeof(uint);
    private const int CacheRounds = 3;
    private const int ParentsOfItem = 256;
    private const int Accesses = 64;
    private const uint FnvPrime = 0x0100_0193;

    private readonly uint[] _words;
    private readonly uint _items;

    private EthashCache(uint[] words)
    {
        _words = words;
        _items = (uint)(words.Length / ItemWords);
    }

    /// <summary>The cache's words, for comparing with published vectors.</summary>
    internal ReadOnlySpan<uint> Words => _words;

    /// <summary>Keccak-256 of the cache, by which published vectors name it. Computed at each call.</summary>
    public Hash256 Hash => Hash256.Keccak(MemoryMarshal.AsBytes(_words.AsSpan()));

    /// <summary>Builds a cache.</summary>
    /// <param name="seed">The epoch's seed.</param>
    /// <param name="sizeBytes">A multiple of <see cref="ItemBytes"/>, at most 2 GiB.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The size is no multiple of an item, zero, or over 2 GiB.
    /// </exception>
    public static EthashCache Build(in Hash256 seed, ulong sizeBytes)
    {
        if (sizeBytes == 0 || sizeBytes % ItemBytes != 0 || sizeBytes > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sizeBytes), sizeBytes, "A positive multiple of 64 bytes, at most 2 GiB.");
        }

        Debug.Assert(BitConverter.IsLittleEndian, "The words are read in place.");
        uint[] words = GC.AllocateUninitializedArray<uint>((int)(sizeBytes / sizeof(uint)));
        Span<byte> bytes = MemoryMarshal.AsBytes(words.AsSpan());
        int items = bytes.Length / ItemBytes;

        Keccak512.Hash(Hash256.AsSpan(in seed), bytes[..ItemBytes]);
        for (int item = 1; item < items; item++)
        {
            Keccak512.Hash(bytes.Slice((item - 1) * ItemBytes, ItemBytes), bytes.Slice(item * ItemBytes, ItemBytes));
        }

        Span<byte> mixed = stackalloc byte[ItemBytes];
        for (int round = 0; round < CacheRounds; round++)
        {
            for (int item = 0; item < items; item++)
            {
                int before = item == 0 ? items - 1 : item - 1;
                int other = (int)(words[item * ItemWords] % (uint)items);
                Xor(bytes.Slice(before * ItemBytes, ItemBytes), bytes.Slice(other * ItemBytes, ItemBytes), mixed);
                Keccak512.Hash(mixed, bytes.Slice(item * ItemBytes, ItemBytes));
            }
        }

        return new EthashCache(words);
    }

    /// <summary>Runs the proof-of-work function for one nonce, computing what it needs of the data set.</summary>
    /// <param name="sealHash">Keccak-256 of the header's RLP without mix hash and nonce.</param>
    /// <param name="nonce">The nonce under test.</param>
    /// <param name="datasetBytes">The epoch's <see cref="EthashEpoch.DatasetBytes"/>.</param>
    public EthashProof Compute(in Hash256 sealHash, ulong nonce, ulong datasetBytes)
    {
        Span<byte> start = stackalloc byte[Hash256.Size + sizeof(ulong)];
        sealHash.CopyTo(start);
        BitConverter.TryWriteBytes(start[Hash256.Size..], nonce);

        // The seed of the mix, followed by the compressed mix: what the result is the hash of.
        Span<uint> final = stackalloc uint[ItemWords + Hash256.Size / sizeof(uint)];
        Span<uint> seed = final[..ItemWords];
        Keccak512.Hash(start, MemoryMarshal.AsBytes(seed));

        Span<uint> mix = stackalloc uint[RowWords];
        seed.CopyTo(mix);
        seed.CopyTo(mix[ItemWords..]);
        uint rows = (uint)(datasetBytes / RowBytes);
        Span<uint> item = stackalloc uint[ItemWords];
        for (uint access = 0; access < Accesses; access++)
        {
            uint row = Fnv(access ^ seed[0], mix[(int)(access % RowWords)]) % rows;
            ComputeItem(2 * row, item);
            Mix(mix[..ItemWords], item);
            ComputeItem(2 * row + 1, item);
            Mix(mix[ItemWords..], item);
        }

        Span<uint> compressed = final[ItemWords..];
        for (int word = 0; word < compressed.Length; word++)
        {
            Span<uint> four = mix.Slice(4 * word, 4);
            compressed[word] = Fnv(Fnv(Fnv(four[0], four[1]), four[2]), four[3]);
        }

        return new EthashProof(
            new Hash256(MemoryMarshal.AsBytes(compressed)), Hash256.Keccak(MemoryMarshal.AsBytes(final)));
    }

    /// <summary>Computes one item of the data set from 256 items of the cache.</summary>
    private void ComputeItem(uint index, Span<uint> item)
    {
        _words.AsSpan((int)(index % _items) * ItemWords, ItemWords).CopyTo(item);
        item[0] ^= index;
        Span<byte> bytes = MemoryMarshal.AsBytes(item);
        Keccak512.Hash(bytes, bytes);
        for (uint parent = 0; parent < ParentsOfItem; parent++)
        {
            uint source = Fnv(index ^ parent, item[(int)(parent % ItemWords)]) % _items;
            Mix(item, _words.AsSpan((int)source * ItemWords, ItemWords));
        }

        Keccak512.Hash(bytes, bytes);
    }

    private static uint Fnv(uint left, uint right) => unchecked(left * FnvPrime) ^ right;

    /// <summary>Mixes sixteen words into sixteen others, lane by lane.</summary>
    private static void Mix(Span<uint> into, ReadOnlySpan<uint> from)
    {
        Span<Vector256<uint>> target = MemoryMarshal.Cast<uint, Vector256<uint>>(into);
        ReadOnlySpan<Vector256<uint>> source = MemoryMarshal.Cast<uint, Vector256<uint>>(from);
        target[0] = (target[0] * FnvPrime) ^ source[0];
        target[1] = (target[1] * FnvPrime) ^ source[1];
    }

    private static void Xor(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> result)
    {
        for (int i = 0; i < ItemBytes; i += Vector256<byte>.Count)
        {
            (Vector256.Create(left.Slice(i, 32)) ^ Vector256.Create(right.Slice(i, 32))).CopyTo(result[i..]);
        }
    }
}
