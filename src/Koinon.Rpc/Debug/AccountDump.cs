using System.Text.Json;
using Koinon.Chain.Ledger;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Json;
using Koinon.Rpc.Tracing;
using Koinon.State;

namespace Koinon.Rpc.Debug;

/// <summary>Writes the accounts of a state in the order of their hashes (geth's form).</summary>
/// <param name="state">The state.</param>
/// <param name="stream">Where they go.</param>
internal sealed class AccountDump(WorldState state, RpcValueStream stream)
{
    private readonly Utf8JsonWriter _json = stream.Json;

    /// <summary>Writes accounts.</summary>
    /// <param name="block">The block whose state it is.</param>
    /// <param name="start">The hash of an address from which they are shown, or its beginning.</param>
    /// <param name="count">How many are shown.</param>
    /// <param name="withCode">Whether code is shown.</param>
    /// <param name="withStorage">Whether slots are shown.</param>
    public void Write(LedgerBlock block, ReadOnlySpan<byte> start, int count, bool withCode, bool withStorage)
    {
        (List<AccountEntry> accounts, Hash256? next) = Collect(start, count);
        _json.WriteStartObject();
        _json.WriteString("root"u8, Convert.ToHexStringLower(Hash256.AsSpan(block.Header.StateRoot)));
        _json.WriteStartObject("accounts"u8);
        foreach (AccountEntry entry in accounts)
        {
            _json.WriteAddressName(entry.Address);
            WriteAccount(entry, withCode, withStorage);
            stream.FlushWhenFull();
        }

        _json.WriteEndObject();
        if (next is { } hash)
        {
            _json.WriteBase64String("next"u8, Hash256.AsSpan(in hash));
        }

        _json.WriteEndObject();
    }

    private (List<AccountEntry> Accounts, Hash256? Next) Collect(ReadOnlySpan<byte> start, int count)
    {
        byte[] padded = new byte[Hash256.Size];
        start.CopyTo(padded);
        Hash256 first = new(padded);
        PriorityQueue<AccountEntry, Hash256> lowest = new(Comparer<Hash256>.Create(static (a, b) => b.CompareTo(a)));
        foreach ((Address address, Account account) in state.EnumerateAccounts())
        {
            stream.Cancellation.ThrowIfCancellationRequested();
            Hash256 hash = Hash256.Keccak(Address.AsSpan(in address));
            if (hash >= first)
            {
                lowest.Enqueue(new AccountEntry(hash, address, account), hash);
                if (lowest.Count > count + 1)
                {
                    lowest.Dequeue();
                }
            }
        }

        List<AccountEntry> accounts = [.. lowest.UnorderedItems.Select(static item => item.Element)
            .OrderBy(static entry => entry.Hash)];
        if (accounts.Count <= count)
        {
            return (accounts, null);
        }

        Hash256 next = accounts[^1].Hash;
        accounts.RemoveAt(accounts.Count - 1);
        return (accounts, next);
    }

    private void WriteAccount(in AccountEntry entry, bool withCode, bool withStorage)
    {
        _json.WriteStartObject();
        _json.WriteString("balance"u8, entry.Account.Balance.ToString());
        _json.WriteNumber("nonce"u8, entry.Account.Nonce);
        _json.WriteHash("root"u8, state.ReadStorageRoot(entry.Address));
        _json.WriteHash("codeHash"u8, entry.Account.CodeHash);
        if (withCode && entry.Account.HasCode)
        {
            _json.WriteData("code"u8, StateCode.Of(state, entry.Address).Span);
        }

        if (withStorage)
        {
            WriteStorage(entry.Address);
        }

        _json.WriteAddress("address"u8, entry.Address);
        _json.WriteHash("key"u8, entry.Hash);
        _json.WriteEndObject();
    }

    private void WriteStorage(in Address address)
    {
        _json.WriteStartObject("storage"u8);
        foreach ((UInt256 slot, UInt256 value) in state.EnumerateSlots(address))
        {
            _json.WriteWordName(slot);
            _json.WriteStringValue(value.ToString("x", null).AsSpan(2));
            stream.FlushWhenFull();
        }

        _json.WriteEndObject();
    }

    private readonly record struct AccountEntry(Hash256 Hash, Address Address, Account Account);
}
