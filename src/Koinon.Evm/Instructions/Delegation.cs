using Koinon.Primitives;

namespace Koinon.Evm.Instructions;

/// <summary>Code that points at another account: 0xef0100 and its address (EIP-7702).</summary>
public static class Delegation
{
    /// <summary>Length of such code in bytes.</summary>
    internal const int Length = 23;

    private static ReadOnlySpan<byte> Prefix => [0xef, 0x01, 0x00];

    /// <summary>Whether code is such a pointer.</summary>
    /// <param name="code">An account's code.</param>
    public static bool Is(ReadOnlySpan<byte> code) => code.Length == Length && code.StartsWith(Prefix);

    /// <summary>Where such a pointer points.</summary>
    /// <param name="code">Code that <see cref="Is"/> one.</param>
    public static Address TargetOf(ReadOnlySpan<byte> code) => new(code[Prefix.Length..]);

    /// <summary>Writes the code that points at an address.</summary>
    /// <param name="target">The account pointed at.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    internal static void Write(in Address target, Span<byte> destination)
    {
        Prefix.CopyTo(destination);
        target.CopyTo(destination[Prefix.Length..]);
    }
}
