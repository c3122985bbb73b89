namespace Koinon.Primitives.State;

/// <summary>One version of the state, to be read by any number of threads at once.</summary>
/// <remarks>
/// A view never changes, never blocks a writer and never shows half a block (DESIGN: "How data flows").
/// </remarks>
public interface IStateView
{
    /// <summary>Reads an account.</summary>
    /// <param name="address">Whose.</param>
    /// <param name="account">The account where it is found.</param>
    ReadStatus ReadAccount(in Address address, out Account account);

    /// <summary>Reads a storage slot; a slot of zero is <see cref="ReadStatus.Absent"/>.</summary>
    /// <param name="address">Whose storage.</param>
    /// <param name="slot">The key as the contract names it, not its hash.</param>
    /// <param name="value">The value where it is found, else zero.</param>
    ReadStatus ReadSlot(in Address address, in UInt256 slot, out UInt256 value);

    /// <summary>Reads code by its hash.</summary>
    /// <param name="codeHash">Keccak-256 of the code, as an account names it.</param>
    /// <param name="code">The code where it is found; it never changes.</param>
    ReadStatus ReadCode(in Hash256 codeHash, out ReadOnlyMemory<byte> code);

    /// <summary>Whether any slot of an account is other than zero: no contract may be made there (EIP-7610).</summary>
    /// <returns><see cref="ReadStatus.Found"/> where there is storage, else absent or unavailable.</returns>
    ReadStatus ReadStorageExists(in Address address);
}
