namespace Koinon.Primitives.State;

/// <summary>What the state says of an account besides its storage.</summary>
/// <param name="Nonce">Transactions sent, or contracts created, by the account.</param>
/// <param name="Balance">In wei.</param>
/// <param name="CodeHash">Keccak-256 of the code; <see cref="NoCode"/> where there is none.</param>
public readonly record struct Account(ulong Nonce, UInt256 Balance, Hash256 CodeHash)
{
    /// <summary>Keccak-256 of no bytes: the code hash of an account without code.</summary>
    public static Hash256 NoCode { get; } = Hash256.Keccak([]);

    /// <summary>An account that exists and holds nothing.</summary>
    public static Account Empty => new(0, UInt256.Zero, NoCode);

    /// <summary>Whether the account has code.</summary>
    public bool HasCode => CodeHash != NoCode;

    /// <summary>Whether nonce, balance and code are all nothing (EIP-161).</summary>
    public bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;
}
