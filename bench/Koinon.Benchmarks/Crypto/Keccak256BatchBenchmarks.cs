using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>Keccak-256 of 1,000 inputs, one by one and in a batch: keys, and a trie's nodes of mixed lengths.</summary>
public class Keccak256BatchBenchmarks
{
    private const int Count = 1_000;
    private readonly byte[] _digests = new byte[Count * Keccak256.HashBytes];
    private readonly int[] _ends = new int[Count];
    private byte[] _keys = [];
    private byte[] _nodes = [];

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _keys = new byte[Count * 32];
        random.NextBytes(_keys);
        int end = 0;
        for (int i = 0; i < Count; i++)
        {
            // Leaves of about 110 bytes, and one full branch of 532 to three of them.
            end += i % 4 == 0 ? 532 : random.Next(100, 121);
            _ends[i] = end;
        }

        _nodes = new byte[end];
        random.NextBytes(_nodes);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public void KeysOneByOne()
    {
        for (int i = 0; i < Count; i++)
        {
            Keccak256.Hash(_keys.AsSpan(i * 32, 32), _digests.AsSpan(i * Keccak256.HashBytes));
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Keys() => Keccak256.HashMany(_keys, 32, _digests);

    [Benchmark(OperationsPerInvoke = Count)]
    public void Nodes() => Keccak256.HashMany(_nodes, _ends, _digests);
}
