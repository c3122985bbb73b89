using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>P-256 verification beside the runtime's (OpenSSL), whose key is imported ahead.</summary>
[MemoryDiagnoser]
public class P256Benchmarks
{
    private readonly byte[] _hash = new byte[32];
    private ECDsa _runtime = null!;
    private byte[] _signature = [];
    private byte[] _x = [];
    private byte[] _y = [];

    [GlobalSetup]
    public void Setup()
    {
        _runtime = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECPoint key = _runtime.ExportParameters(false).Q;
        _x = key.X!;
        _y = key.Y!;
        _signature = _runtime.SignHash(_hash);
    }

    [GlobalCleanup]
    public void Cleanup() => _runtime.Dispose();

    [Benchmark(Baseline = true)]
    public bool Runtime() => _runtime.VerifyHash(_hash, _signature);

    [Benchmark]
    public bool Verify() => P256.Verify(_hash, _signature.AsSpan(0, 32), _signature.AsSpan(32), _x, _y);
}
