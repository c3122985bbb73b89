using Koinon.Primitives;
using Koinon.Primitives.State;

namespace Koinon.Node.Forking;

/// <summary>What is known of a remote state: what one exchange brought, or one file of the cache holds.</summary>
/// <remarks>Built by one owner, then only read.</remarks>
internal sealed class RemoteFacts
{
    /// <summary>Accounts; <see langword="null"/> where there is none.</summary>
    public Dictionary<Address, Account?> Accounts { get; } = [];

    /// <summary>Slots, those of zero included.</summary>
    public Dictionary<(Address Account, UInt256 Slot), UInt256> Slots { get; } = [];

    /// <summary>Hashes of blocks by their number.</summary>
    public Dictionary<ulong, Hash256> Hashes { get; } = [];

    /// <summary>Code by its hash.</summary>
    public Dictionary<Hash256, ReadOnlyMemory<byte>> Codes { get; } = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Accounts.Count + Slots.Count + Hashes.Count + Codes.Count == 0;

    /// <summary>Notes an account as a remote node describes it.</summary>
    public void Note(in Address address, ulong nonce, in UInt256 balance, ReadOnlyMemory<byte> code)
    {
        Hash256 codeHash = Account.NoCode;
        if (code.Length > 0)
        {
            codeHash = Hash256.Keccak(code.Span);
            Codes[codeHash] = code;
        }

        Account account = new(nonce, balance, codeHash);
        Accounts[address] = account.IsEmpty ? null : account;
    }
}
