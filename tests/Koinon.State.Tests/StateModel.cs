using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Tests.Tries;

namespace Koinon.State.Tests;

/// <summary>The state as plain dictionaries, its root by the naive trie.</summary>
internal sealed class StateModel
{
    private readonly Dictionary<Address, (Account Account, Dictionary<UInt256, UInt256> Slots)> _accounts = [];

    /// <summary>The model of what a state enumerates.</summary>
    internal static StateModel Of(WorldState state)
    {
        StateModel model = new();
        foreach ((Address address, Account account) in state.EnumerateAccounts())
        {
            model._accounts.Add(address, (account, new(state.EnumerateSlots(address))));
        }

        return model;
    }

    internal void Apply(StateChanges changes)
    {
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            if (change.Account is not Account account)
            {
                _accounts.Remove(address);
                continue;
            }

            Dictionary<UInt256, UInt256> slots = !change.StorageWiped && _accounts.TryGetValue(address, out var before)
                ? before.Slots
                : [];
            foreach ((UInt256 slot, UInt256 value) in change.Slots)
            {
                slots[slot] = value;
            }

            _accounts[address] = (account, slots);
        }
    }

    internal Hash256 Root() => NaiveTrie.Root(_accounts.Select(static pair => new KeyValuePair<byte[], byte[]>(
        Bytes(Hash256.Keccak(Address.AsSpan(pair.Key))),
        NaiveTrie.List(
            NaiveTrie.Number(pair.Value.Account.Nonce),
            NaiveTrie.Number(pair.Value.Account.Balance),
            NaiveTrie.String(Bytes(StorageRoot(pair.Value.Slots))),
            NaiveTrie.String(Bytes(pair.Value.Account.CodeHash))))));

    internal void ShouldReadAs(IStateView view)
    {
        for (ulong index = 0; index < 12; index++)
        {
            Address address = Address.FromWord(index * 0x1_0001);
            bool exists = _accounts.TryGetValue(address, out var expected);
            Assert.Equal(exists ? ReadStatus.Found : ReadStatus.Absent, view.ReadAccount(address, out Account account));
            Assert.Equal(expected.Account, account);
            for (ulong slot = 0; slot < 8; slot++)
            {
                UInt256 value = exists ? expected.Slots.GetValueOrDefault(slot) : UInt256.Zero;
                ReadStatus status = view.ReadSlot(address, slot, out UInt256 read);
                Assert.Equal(value.IsZero ? ReadStatus.Absent : ReadStatus.Found, status);
                Assert.Equal(value, read);
            }
        }
    }

    /// <summary>Whether an account has a slot that is not zero.</summary>
    internal bool HasStorage(in Address address) =>
        _accounts.TryGetValue(address, out var account) && account.Slots.Values.Any(static value => !value.IsZero);

    private static Hash256 StorageRoot(Dictionary<UInt256, UInt256> slots) =>
        NaiveTrie.Root(slots.Select(static slot => new KeyValuePair<byte[], byte[]>(
            Bytes(Hash256.Keccak(Hash256.AsSpan(Hash256.FromWord(slot.Key)))),
            slot.Value.IsZero ? [] : NaiveTrie.Number(slot.Value))));

    private static byte[] Bytes(Hash256 hash) => Hash256.AsSpan(in hash).ToArray();
}
