using BenchmarkDotNet.Attributes;
using Koinon.Primitives;

namespace Koinon.Benchmarks.Primitives;

/// <summary>Each operation of a word, on operands of the length given, a dependent chain of them.</summary>
/// <remarks>The left operand of divisions has four limbs, the right one and the moduli have the length given.</remarks>
public class UInt256Benchmarks
{
    private const int Count = 4_096;
    private readonly UInt256[] _words = new UInt256[Count];
    private readonly UInt256[] _operands = new UInt256[Count];

    [Params(1, 2, 3, 4)]
    public int Limbs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        byte[] bytes = new byte[UInt256.Size];
        for (int i = 0; i < Count; i++)
        {
            random.NextBytes(bytes);
            bytes[0] |= 0x40;
            _words[i] = UInt256.FromBigEndian(bytes);
            random.NextBytes(bytes);
            bytes[UInt256.Size - (8 * Limbs)] |= 0x01;
            _operands[i] = UInt256.FromBigEndian(bytes.AsSpan(UInt256.Size - (8 * Limbs)));
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Add()
    {
        UInt256 x = _words[0];
        foreach (ref readonly UInt256 y in _operands.AsSpan())
        {
            UInt256.AddOverflow(x, y, out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Subtract()
    {
        UInt256 x = _words[0];
        foreach (ref readonly UInt256 y in _operands.AsSpan())
        {
            UInt256.SubtractUnderflow(x, y, out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Multiply()
    {
        UInt256 x = _words[0];
        foreach (ref readonly UInt256 y in _operands.AsSpan())
        {
            UInt256.Multiply(x, y, out x);
            x |= UInt256.One;
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Divide()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            UInt256.Divide(_words[i] ^ (x & UInt256.One), _operands[i], out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Remainder()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            UInt256.Remainder(_words[i] ^ (x & UInt256.One), _operands[i], out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 SignedDivide()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            UInt256.SignedDivide(_words[i] ^ (x & UInt256.One), _operands[i], out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 SignedRemainder()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            UInt256.SignedRemainder(_words[i] ^ (x & UInt256.One), _operands[i], out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 AddModulo()
    {
        UInt256 x = _words[0];
        for (int i = 0; i < Count; i++)
        {
            UInt256.AddModulo(x, _words[i], _operands[i], out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 MultiplyModulo()
    {
        UInt256 x = _words[0];
        for (int i = 0; i < Count; i++)
        {
            UInt256.MultiplyModulo(x | _words[i], _words[i], _operands[i], out x);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = 64)]
    public UInt256 Power()
    {
        UInt256 x = default;
        for (int i = 0; i < 64; i++)
        {
            x = UInt256.Power(_words[i] ^ x, _operands[i]);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 ShiftLeft()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            x = (_words[i] ^ x) << (int)(_operands[i].U0 & 255);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 ShiftRight()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            x = (_words[i] ^ x) >> (int)(_operands[i].U0 & 255);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 ShiftRightArithmetic()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            x = UInt256.ShiftRightArithmetic(_words[i] ^ x, (int)(_operands[i].U0 & 255));
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 SignExtend()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            x = UInt256.SignExtend(_words[i] ^ x, _operands[i].U0 & 31);
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Compare()
    {
        int less = 0;
        for (int i = 0; i < Count; i++)
        {
            less += _operands[i] < _words[i] ? 1 : 0;
            less += UInt256.SignedLessThan(_words[i], _operands[i]) ? 1 : 0;
        }

        return less;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public UInt256 Bits()
    {
        UInt256 x = default;
        for (int i = 0; i < Count; i++)
        {
            x = ((_words[i] & _operands[i]) | x) ^ ~_operands[i];
        }

        return x;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int LeadingZeroCount()
    {
        int count = 0;
        foreach (ref readonly UInt256 y in _operands.AsSpan())
        {
            count += UInt256.LeadingZeroCount(y);
        }

        return count;
    }
}
