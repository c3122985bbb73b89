using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Proofs;
using Koinon.State.Tests.Tries;
using Koinon.State.Tries;

namespace Koinon.State.Tests.Proofs;

public sealed class ProofVerifierTests
{
    private static readonly UInt256[] Slots = [.. Enumerable.Range(0, 9).Select(static i => (UInt256)(ulong)i)];

    private static readonly Gen<(StateScript Script, int Account, int Part, int Place, byte Bits)> Mutations =
        StateScript.Arbitrary.Generator.SelectMany(script => Gen.Choose(0, 12).SelectMany(account =>
            Gen.Choose(0, 1_000).SelectMany(part => Gen.Choose(0, 1_000).SelectMany(place =>
                Gen.Choose(1, 255).Select(bits => (script, account, part, place, (byte)bits))))));

    [Fact]
    public void Verify_ProofsOfAnyState_HoldForPresentAndAbsent() =>
        Prop.ForAll(StateScript.Arbitrary, script =>
        {
            WorldState state = Run(script);
            for (int account = 0; account < 13; account++)
            {
                Address address = StateScript.AddressOf(account);
                AccountProof proof = state.Prove(address, Slots);
                Assert.Equal(ProofError.None, ProofVerifier.Verify(state.Root, proof));
                bool exists = state.ReadAccount(address, out Account expected) == ReadStatus.Found;
                Assert.Equal(exists ? expected : null, proof.Account);
                Assert.Equal(state.ReadStorageRoot(address), proof.StorageRoot);
                foreach (StorageProof slot in proof.Storage)
                {
                    state.ReadSlot(address, slot.Slot, out UInt256 value);
                    Assert.Equal(value, slot.Value);
                }
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Verify_ProofWithAByteChanged_IsRefused() =>
        Prop.ForAll(Mutations.ToArbitrary(), mutation =>
        {
            WorldState state = Run(mutation.Script);
            AccountProof proof = state.Prove(StateScript.AddressOf(mutation.Account), Slots);
            IReadOnlyList<ReadOnlyMemory<byte>>[] lists = [proof.Nodes, .. proof.Storage.Select(slot => slot.Nodes)];
            IReadOnlyList<ReadOnlyMemory<byte>> list = lists[mutation.Part % lists.Length];
            if (list.Count == 0)
            {
                return;
            }

            // The proof hands out arrays of its own: changing one in place changes nothing but this proof.
            int node = mutation.Place % list.Count;
            Assert.True(MemoryMarshal.TryGetArray(list[node], out ArraySegment<byte> bytes));
            bytes.AsSpan()[mutation.Place % bytes.Count] ^= mutation.Bits;
            Assert.Equal(ProofError.HashMismatch, ProofVerifier.Verify(state.Root, proof));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void VerifyKey_ProofWithANodeLess_IsRefused()
    {
        (MerkleTrie trie, byte[] key) = Deep();
        IReadOnlyList<ReadOnlyMemory<byte>> proof = trie.Prove(key);
        Assert.True(proof.Count > 2);
        Assert.Equal(ProofError.NodeMissing, Verify(trie, key, [.. proof.SkipLast(1)]));
        Assert.Equal(ProofError.HashMismatch, Verify(trie, key, [.. proof.Skip(1)]));
        Assert.Equal(ProofError.NodeMissing, Verify(trie, key, []));
    }

    [Fact]
    public void VerifyKey_ProofWithANodeMore_IsRefused()
    {
        (MerkleTrie trie, byte[] key) = Deep();
        IReadOnlyList<ReadOnlyMemory<byte>> proof = trie.Prove(key);
        Assert.Equal(ProofError.ExtraNodes, Verify(trie, key, [.. proof, proof[0]]));
        Assert.Equal(ProofError.ExtraNodes, Verify(MerkleTrie.Empty, key, [new byte[] { 0x80 }, proof[0]]));
    }

    [Fact]
    public void VerifyKey_OfTheEmptyTrie_TakesNoNodesOrTheEmptyString()
    {
        Assert.Equal(ProofError.None, Verify(MerkleTrie.Empty, [1], []));
        Assert.Equal(ProofError.None, Verify(MerkleTrie.Empty, [1], [new byte[] { 0x80 }]));
        Assert.Equal(ProofError.HashMismatch, Verify(MerkleTrie.Empty, [1], [new byte[] { 0xc0 }]));
    }

    [Theory]
    [InlineData("", ProofError.MalformedRlp)]
    [InlineData("c1", ProofError.MalformedRlp)]
    [InlineData("c1c1", ProofError.MalformedRlp)]
    [InlineData("c22001ff", ProofError.MalformedRlp)]
    [InlineData("c3208101", ProofError.MalformedRlp)]
    [InlineData("20", ProofError.MalformedNode)]
    [InlineData("c0", ProofError.MalformedNode)]
    [InlineData("c3200101", ProofError.MalformedNode)]
    [InlineData("c22080", ProofError.MalformedNode)]
    [InlineData("c220c0", ProofError.MalformedNode)]
    [InlineData("d18080808080808080808080808080808080c0", ProofError.MalformedRlp)]
    [InlineData("d180808080808080808080808080808080c0", ProofError.MalformedNode)]
    [InlineData("c28001", ProofError.MalformedPath)]
    [InlineData("c2c001", ProofError.MalformedPath)]
    [InlineData("c24001", ProofError.MalformedPath)]
    [InlineData("c22101", ProofError.MalformedPath)]
    [InlineData("c3817f01", ProofError.MalformedRlp)]
    [InlineData("c200c0", ProofError.MalformedPath)]
    [InlineData("c21080", ProofError.MalformedReference)]
    [InlineData("c21001", ProofError.MalformedReference)]
    [InlineData("d101808080808080808080808080808080" + "80", ProofError.MalformedReference)]
    public void VerifyKey_NodeThatIsNone_IsRefusedForItsReason(string node, ProofError expected) =>
        Assert.Equal(expected, VerifyAlone([0x01, 0x23], node));

    [Fact]
    public void VerifyKey_KeysThatPartInsideANode_AreProvenAbsent()
    {
        TrieChanges changes = new();
        changes.Set([0x01, 0x23], [0x2a]);
        changes.Set([0x01, 0x24], [0x2b]);
        MerkleTrie trie = MerkleTrie.Empty.Apply(changes);
        byte[][] absent = [[], [0x01], [0x01, 0x22], [0x01, 0x23, 0x00], [0x02, 0x23], [0x11, 0x23]];
        Assert.All(absent, key =>
        {
            ProofError error = ProofVerifier.VerifyKey(trie.Root, key, trie.Prove(key), out ReadOnlyMemory<byte> value);
            Assert.Equal(ProofError.None, error);
            Assert.True(value.IsEmpty);
        });
        byte[] present = [0x01, 0x23];
        Assert.Equal(ProofError.None, ProofVerifier.VerifyKey(trie.Root, present, trie.Prove(present), out var found));
        Assert.Equal([0x2a], found.ToArray());
    }

    [Fact]
    public void VerifyKey_KeysOfAnyLength_AreProven() =>
        Prop.ForAll(MerkleTrieTests.Batches, static batches =>
        {
            TrieChanges changes = new();
            foreach ((byte[] key, byte[] value) in batches.SelectMany(static batch => batch))
            {
                changes.Set(key, value);
            }

            MerkleTrie trie = MerkleTrie.Empty.Apply(changes);
            foreach ((byte[] key, _) in batches.SelectMany(static batch => batch))
            {
                trie.TryGet(key, out ReadOnlyMemory<byte> expected);
                var proof = trie.Prove(key);
                Assert.Equal(ProofError.None, ProofVerifier.VerifyKey(trie.Root, key, proof, out var value));
                Assert.Equal(expected.ToArray(), value.ToArray());
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void VerifyKey_SmallNodeNamedByItsHash_IsRefused()
    {
        byte[] leaf = Convert.FromHexString("c23105");
        Hash256 hash = Hash256.Keccak(leaf);
        byte[] branch =
        [
            0xf1, 0xa0, .. Hash256.AsSpan(in hash), 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
            0x80, 0x80, 0x80, 0x80, 0x80,
        ];
        ProofError error = ProofVerifier.VerifyKey(Hash256.Keccak(branch), [0x01], [branch, leaf], out _);
        Assert.Equal(ProofError.MalformedReference, error);
    }

    [Fact]
    public void VerifyAccount_ValueThatIsNoAccount_IsRefused()
    {
        Address address = Address.FromWord(1);
        Hash256 key = Hash256.Keccak(Address.AsSpan(in address));
        MerkleTrie trie = Single(key, [0xc1, 0x05]);
        var proof = trie.Prove(Hash256.AsSpan(in key));
        Assert.Equal(ProofError.MalformedAccount, ProofVerifier.VerifyAccount(trie.Root, address, proof, out _, out _));
    }

    [Theory]
    [InlineData("80")]
    [InlineData("00")]
    [InlineData("820001")]
    [InlineData("0101")]
    [InlineData("c0")]
    public void VerifySlot_ValueThatIsNoWord_IsRefused(string value)
    {
        UInt256 slot = 7;
        Hash256 key = Hash256.Keccak(Hash256.AsSpan(Hash256.FromWord(slot)));
        MerkleTrie trie = Single(key, Convert.FromHexString(value));
        var proof = trie.Prove(Hash256.AsSpan(in key));
        Assert.Equal(ProofError.MalformedSlot, ProofVerifier.VerifySlot(trie.Root, slot, proof, out _));
    }

    [Fact]
    public void Verify_ClaimsThatTheNodesDoNotProve_AreRefused()
    {
        StateChanges changes = new();
        Address address = Address.FromWord(5);
        changes.Of(address).Account = new Account(1, 2, Account.NoCode);
        changes.Of(address).Slots[3] = 4;
        WorldState state = WorldState.Empty.Apply(changes);
        AccountProof proof = state.Prove(address, [3]);
        Assert.Equal(ProofError.AccountMismatch, ProofVerifier.Verify(state.Root, proof with { Account = null }));
        Assert.Equal(
            ProofError.AccountMismatch,
            ProofVerifier.Verify(state.Root, proof with { Account = new Account(1, 3, Account.NoCode) }));
        Assert.Equal(
            ProofError.StorageRootMismatch,
            ProofVerifier.Verify(state.Root, proof with { StorageRoot = Hash256.Zero }));
        Assert.Equal(
            ProofError.SlotMismatch,
            ProofVerifier.Verify(state.Root, proof with { Storage = [proof.Storage[0] with { Value = 5 }] }));
        Assert.Equal(ProofError.HashMismatch, ProofVerifier.Verify(Hash256.Zero, proof));
    }

    private static WorldState Run(StateScript script) =>
        script.Batches.Aggregate(WorldState.Empty, static (state, changes) => state.Apply(changes));

    private static ProofError Verify(MerkleTrie trie, byte[] key, IReadOnlyList<ReadOnlyMemory<byte>> nodes) =>
        ProofVerifier.VerifyKey(trie.Root, key, nodes, out _);

    private static ProofError VerifyAlone(byte[] key, string node)
    {
        byte[] bytes = Convert.FromHexString(node);
        return ProofVerifier.VerifyKey(Hash256.Keccak(bytes), key, [bytes], out _);
    }

    private static MerkleTrie Single(Hash256 key, byte[] value)
    {
        TrieChanges changes = new();
        changes.Set(Hash256.AsSpan(in key), value);
        return MerkleTrie.Empty.Apply(changes);
    }

    private static (MerkleTrie Trie, byte[] Key) Deep()
    {
        TrieChanges changes = new();
        byte[] key = [];
        for (int i = 0; i < 5_000; i++)
        {
            Hash256 hash = Hash256.Keccak(BitConverter.GetBytes(i));
            key = Hash256.AsSpan(in hash).ToArray();
            changes.Set(key, BitConverter.GetBytes(i + 1));
        }

        return (MerkleTrie.Empty.Apply(changes), key);
    }
}
