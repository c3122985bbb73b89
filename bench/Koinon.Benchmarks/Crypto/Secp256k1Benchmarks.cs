using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>secp256k1: what a block's senders, a wallet and a handshake cost.</summary>
[MemoryDiagnoser]
public class Secp256k1Benchmarks
{
    private const int Count = 200;

    private readonly byte[] _secret = new byte[32];
    private readonly byte[] _publicKey = new byte[64];
    private readonly byte[] _signature = new byte[64];
    private readonly byte[] _shared = new byte[32];
    private readonly byte[] _hashes = new byte[32 * Count];
    private readonly byte[] _signatures = new byte[64 * Count];
    private readonly byte[] _recoveryIds = new byte[Count];
    private readonly byte[] _publicKeys = new byte[64 * Count];
    private readonly bool[] _recovered = new bool[Count];

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        random.NextBytes(_secret);
        random.NextBytes(_hashes);
        Secp256k1.TryGetPublicKey(_secret, _publicKey);
        for (int i = 0; i < Count; i++)
        {
            Secp256k1.TrySign(_secret, _hashes.AsSpan(32 * i, 32), _signatures.AsSpan(64 * i, 64), out int id);
            _recoveryIds[i] = (byte)id;
        }
    }

    [Benchmark(Baseline = true)]
    public bool Recover() => Recover(0);

    /// <summary>200 signatures one by one, time for each.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public void Recover200Singly()
    {
        for (int i = 0; i < Count; i++)
        {
            Recover(i);
        }
    }

    /// <summary>200 signatures that share their inversions, time for each.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int RecoverMany200() =>
        Secp256k1.RecoverMany(_hashes, _signatures, _recoveryIds, _publicKeys, _recovered);

    /// <summary>A recovery id out of range: refused before any arithmetic.</summary>
    [Benchmark]
    public bool RecoverInvalid() =>
        Secp256k1.TryRecover(_hashes.AsSpan(0, 32), _hashes.AsSpan(32, 32), _hashes.AsSpan(64, 32), 4, _publicKeys);

    [Benchmark]
    public bool Verify() => Secp256k1.Verify(_hashes.AsSpan(0, 32), _signatures.AsSpan(0, 64), _publicKey);

    [Benchmark]
    public bool Sign() => Secp256k1.TrySign(_secret, _hashes.AsSpan(0, 32), _signature, out _);

    [Benchmark]
    public bool GetPublicKey() => Secp256k1.TryGetPublicKey(_secret, _publicKey);

    [Benchmark]
    public bool Ecdh() => Secp256k1.TryEcdh(_secret, _publicKey, _shared);

    private bool Recover(int i) => Secp256k1.TryRecover(
        _hashes.AsSpan(32 * i, 32),
        _signatures.AsSpan(64 * i, 32),
        _signatures.AsSpan((64 * i) + 32, 32),
        _recoveryIds[i],
        _publicKeys.AsSpan(64 * i));
}
