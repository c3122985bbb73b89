using Koinon.Primitives;

namespace Koinon.Evm.Precompiles;

/// <summary>A contract that is part of the protocol.</summary>
/// <remarks>Stateless: one object serves every thread.</remarks>
public abstract class Precompile
{
    /// <summary>A precompile at a fixed address.</summary>
    /// <param name="name">Its name in <c>eth_config</c> (EIP-7910).</param>
    /// <param name="number">Its address as a number.</param>
    protected Precompile(string name, ushort number)
    {
        Name = name;
        Number = number;
        Address = Address.FromWord(number);
    }

    /// <summary>Its name in <c>eth_config</c> (EIP-7910).</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public Address Address { get; }

    /// <summary>Its address as a number.</summary>
    internal ushort Number { get; }

    /// <summary>What a run costs; <see cref="long.MaxValue"/> where no gas would suffice.</summary>
    public abstract long Gas(ReadOnlySpan<byte> input);

    /// <summary>The most bytes a run may return. Asked for only after the gas was paid.</summary>
    public abstract int OutputLengthMax(ReadOnlySpan<byte> input);

    /// <summary>Runs it.</summary>
    /// <param name="input">The call's data, of any length.</param>
    /// <param name="output">At least <see cref="OutputLengthMax"/> bytes, apart from the input.</param>
    /// <param name="written">How many bytes were returned.</param>
    /// <returns><see langword="false"/> where the input is refused: the call fails and its gas is lost.</returns>
    public abstract bool TryRun(ReadOnlySpan<byte> input, Span<byte> output, out int written);

    /// <summary>Copies the head of an input, zeros standing for what is missing.</summary>
    private protected static void CopyPadded(ReadOnlySpan<byte> input, Span<byte> destination)
    {
        int length = Math.Min(input.Length, destination.Length);
        input[..length].CopyTo(destination);
        destination[length..].Clear();
    }

    /// <summary>Length in words of 32 bytes, rounded up.</summary>
    private protected static long Words(int bytes) => ((long)bytes + 31) / 32;
}
