using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Storage;

namespace Koinon.State.Stored;

/// <summary>Lists all accounts or slots of a stored version, in the order of their hashes.</summary>
/// <remarks>Reads a bounded number at a time, so that no transaction stays open while the caller works.</remarks>
/// <param name="version">The version.</param>
internal sealed class StoredListing(StoredBase version)
{
    private const int AtOnce = 256;

    /// <summary>Every account with its address.</summary>
    /// <exception cref="StateUnavailableException">The version is gone.</exception>
    internal IEnumerable<KeyValuePair<Address, Account>> Accounts()
    {
        byte[] next = [];
        List<KeyValuePair<Address, Account>> found = [];
        while (true)
        {
            bool more = ReadPart(StateTables.Accounts, StateTables.AccountHistory, [], ref next, (reader, key) =>
            {
                Hash256 hash = new(key);
                if (reader.TryReadAccount(in hash, out StoredAccount stored) && stored.Exists)
                {
                    found.Add(new(new Address(Preimage(reader.Transaction, key)), stored.Account));
                }
            });
            foreach (KeyValuePair<Address, Account> each in found)
            {
                yield return each;
            }

            found.Clear();
            if (!more)
            {
                yield break;
            }
        }
    }

    /// <summary>Every slot of an account that is not zero.</summary>
    /// <exception cref="StateUnavailableException">The version is gone.</exception>
    internal IEnumerable<KeyValuePair<UInt256, UInt256>> Slots(Address address)
    {
        Hash256 account = Hash256.Keccak(Address.AsSpan(in address));
        byte[] prefix = Hash256.AsSpan(in account).ToArray();
        byte[] next = prefix;
        List<KeyValuePair<UInt256, UInt256>> found = [];
        while (true)
        {
            bool more = ReadPart(StateTables.Slots, StateTables.SlotHistory, prefix, ref next, (reader, key) =>
            {
                Hash256 slot = new(key[Hash256.Size..]);
                if (reader.TryReadSlot(in account, in slot, out UInt256 value) && !value.IsZero)
                {
                    found.Add(new(UInt256.FromBigEndian(Preimage(reader.Transaction, key[Hash256.Size..])), value));
                }
            });
            foreach (KeyValuePair<UInt256, UInt256> each in found)
            {
                yield return each;
            }

            found.Clear();
            if (!more)
            {
                yield break;
            }
        }
    }

    private delegate void Visit(AsOfReader reader, ReadOnlySpan<byte> key);

    // Visits some keys that stand in a table or in its history, from one on; says whether there may be more.
    private bool ReadPart(StoreTable table, StoreTable history, byte[] prefix, ref byte[] next, Visit visit)
    {
        if (!version.TryOpen(out IReadTransaction? transaction, out StateMeta meta))
        {
            throw version.Gone();
        }

        try
        {
            AsOfReader reader = new(transaction, version.Number, meta.Newest);
            using IStoreCursor now = transaction.OpenCursor(table);
            using IStoreCursor? then = version.Number == meta.Newest ? null : transaction.OpenCursor(history);
            int length = prefix.Length + Hash256.Size;
            bool moreNow = now.Seek(next) && now.Key.StartsWith(prefix);
            bool moreThen = then is not null && then.Seek(next) && then.Key.StartsWith(prefix);
            for (int i = 0; i < AtOnce && (moreNow || moreThen); i++)
            {
                bool takesThen = moreThen && (!moreNow || then!.Key[..length].SequenceCompareTo(now.Key) < 0);
                byte[] key = (takesThen ? then!.Key[..length] : now.Key).ToArray();
                visit(reader, key);
                next = key;
                if (!StateKeys.TryIncrement(next))
                {
                    return false;
                }

                moreNow = moreNow && (takesThen || now.MoveNext()) && now.Key.StartsWith(prefix);
                moreThen = moreThen && then!.Seek(next) && then.Key.StartsWith(prefix);
            }

            return moreNow || moreThen;
        }
        finally
        {
            version.Close(transaction);
        }
    }

    private static ReadOnlySpan<byte> Preimage(IReadTransaction transaction, ReadOnlySpan<byte> hash) =>
        transaction.TryGet(StateTables.Preimages, hash, out ReadOnlySpan<byte> preimage)
            ? preimage
            : throw new StateUnavailableException(
                "Accounts and slots cannot be listed: the names behind their hashes are not kept.");
}
