using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>BN254 as its precompiles use it; a refused pairing has its last point off the curve.</summary>
public class Bn254Benchmarks
{
    private static readonly byte[] G1 = Convert.FromHexString(
        "0000000000000000000000000000000000000000000000000000000000000001"
        + "0000000000000000000000000000000000000000000000000000000000000002");

    private static readonly byte[] G2 = Convert.FromHexString(
        "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
        + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
        + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
        + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa");

    private readonly byte[] _output = new byte[64];
    private byte[] _multiplication = [];
    private byte[] _addition = [];
    private byte[] _twoPairs = [];
    private byte[] _offTheCurve = [];

    [GlobalSetup]
    public void Setup()
    {
        byte[] factor = new byte[32], point = new byte[64];
        new Random(1).NextBytes(factor);
        _multiplication = [.. G1, .. factor];
        Bn254.TryMultiply(_multiplication, point);
        _addition = [.. G1, .. point];
        _twoPairs = [.. G1, .. G2, .. point, .. G2];
        _offTheCurve = (byte[])_twoPairs.Clone();
        _offTheCurve[^1] ^= 1;
    }

    [Benchmark]
    public bool Add() => Bn254.TryAdd(_addition, _output);

    [Benchmark]
    public bool Multiply() => Bn254.TryMultiply(_multiplication, _output);

    [Benchmark(Baseline = true)]
    public bool PairingOfTwo() => Bn254.TryPairing(_twoPairs, out _);

    [Benchmark]
    public bool PairingOfTwoRefused() => Bn254.TryPairing(_offTheCurve, out _);
}
