using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>BLS12-381 as its precompiles use it; sums of 1, 16 and 128 products check each point's group too.</summary>
public class Bls12381Benchmarks
{
    private readonly byte[] _output = new byte[256];
    private readonly byte[] _u = new byte[128];
    private byte[] _terms1 = [];
    private byte[] _terms2 = [];
    private byte[] _twoPairs = [];

    [Params(1, 16, 128)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        // Points of the groups by mapping numbers, factors at random.
        Random random = new(1);
        List<byte> terms1 = [], terms2 = [];
        byte[] factor = new byte[32], g1 = new byte[128], g2 = new byte[256];
        for (int i = 0; i < Count; i++)
        {
            _u[^1] = (byte)i;
            Bls12381.TryMapFpToG1(_u.AsSpan(64), g1);
            Bls12381.TryMapFp2ToG2(_u, g2);
            random.NextBytes(factor);
            terms1.AddRange([.. g1, .. factor]);
            terms2.AddRange([.. g2, .. factor]);
        }

        _terms1 = [.. terms1];
        _terms2 = [.. terms2];
        _twoPairs = [.. g1, .. g2, .. g1, .. g2];
    }

    [Benchmark]
    public bool SumG1() => Bls12381.TryG1MultiScalarMultiplication(_terms1, _output);

    [Benchmark]
    public bool SumG2() => Bls12381.TryG2MultiScalarMultiplication(_terms2, _output);

    [Benchmark]
    public bool PairingOfTwo() => Bls12381.TryPairing(_twoPairs, out _);

    [Benchmark]
    public bool MapToG1() => Bls12381.TryMapFpToG1(_u.AsSpan(64), _output);

    [Benchmark]
    public bool MapToG2() => Bls12381.TryMapFp2ToG2(_u, _output);
}
