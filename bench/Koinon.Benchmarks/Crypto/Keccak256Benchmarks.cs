using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>Keccak-256 of single inputs: a storage key, a full block of the sponge, a piece of code.</summary>
public class Keccak256Benchmarks
{
    private readonly byte[] _digest = new byte[Keccak256.HashBytes];
    private byte[] _input = [];

    [Params(32, 136, 1024)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _input = new byte[Length];
        new Random(1).NextBytes(_input);
    }

    [Benchmark]
    public void Hash() => Keccak256.Hash(_input, _digest);
}
