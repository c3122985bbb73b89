using BenchmarkDotNet.Attributes;
using Koinon.Crypto;

namespace Koinon.Benchmarks.Crypto;

/// <summary>Modular exponentiation of full-length operands, with odd and even moduli.</summary>
public class ModularExponentiationBenchmarks
{
    private byte[] _base = [];
    private byte[] _exponent = [];
    private byte[] _modulus = [];
    private byte[] _result = [];

    [Params(256, 512, 1024, 2048)]
    public int Bits { get; set; }

    [Params(true, false)]
    public bool Odd { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _base = Operand(random);
        _exponent = Operand(random);
        _modulus = Operand(random);
        _modulus[^1] = (byte)((_modulus[^1] & 0xFE) | (Odd ? 1 : 0));
        _result = new byte[_modulus.Length];
    }

    [Benchmark]
    public void Compute() => ModularExponentiation.Compute(_base, _exponent, _modulus, _result);

    private byte[] Operand(Random random)
    {
        byte[] bytes = new byte[Bits / 8];
        random.NextBytes(bytes);
        bytes[0] |= 0x80;
        return bytes;
    }
}
