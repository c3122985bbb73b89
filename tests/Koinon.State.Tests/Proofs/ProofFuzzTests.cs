using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Proofs;
using Koinon.State.Tries;

namespace Koinon.State.Tests.Proofs;

/// <summary>The verifier under mutated proofs: no exception, every reason reached, nothing proven that is not there.
/// </summary>
/// <remarks>
/// Every input comes from an accepted proof. Half of them are linked again after the mutation (each parent names its
/// changed child by the new hash, the root follows), as a hostile root would have it: so the forms behind the hashes
/// are reached. A tenth of the full number runs unless the environment says <c>KOINON_SOAK=1</c>.
/// </remarks>
public sealed class ProofFuzzTests
{
    private const int Full = 200_000;
    private const int Seed = 3;

    private delegate ProofError Verifier(
        Hash256 root, IReadOnlyList<ReadOnlyMemory<byte>> nodes, out ReadOnlyMemory<byte> value);

    [Fact]
    public void VerifyKey_UnderMutation_IsRefusedForEachReason() => Run(
        "trie proof",
        Keys(),
        [
            ProofError.NodeMissing, ProofError.HashMismatch, ProofError.ExtraNodes, ProofError.MalformedRlp,
            ProofError.MalformedNode, ProofError.MalformedPath, ProofError.MalformedReference,
        ]);

    [Fact]
    public void VerifyAccountAndSlot_UnderMutation_AreRefusedForEachReason() => Run(
        "account and slot proof",
        AccountsAndSlots(),
        [
            ProofError.NodeMissing, ProofError.HashMismatch, ProofError.ExtraNodes, ProofError.MalformedRlp,
            ProofError.MalformedNode, ProofError.MalformedPath, ProofError.MalformedReference,
            ProofError.MalformedAccount, ProofError.MalformedSlot,
        ]);

    private static void Run(string name, List<Sample> samples, ProofError[] reasons)
    {
        Random random = new(Seed);
        SortedDictionary<ProofError, int> counts = [];
        int count = Environment.GetEnvironmentVariable("KOINON_SOAK") == "1" ? Full : Full / 10;
        Assert.All(samples, sample => Assert.Equal(ProofError.None, sample.Verify(sample.Root, sample.Nodes, out _)));
        for (int i = 0; i < count; i++)
        {
            Sample sample = samples[random.Next(samples.Count)];
            List<byte[]> nodes = [.. sample.Nodes.Select(static node => node.ToArray())];
            Hash256 root = random.Next(2) == 0 ? Relink(nodes, random) : Disturb(sample.Root, nodes, random);
            ReadOnlyMemory<byte>[] given = [.. nodes.Select(static node => (ReadOnlyMemory<byte>)node)];
            ProofError error = sample.Verify(root, given, out ReadOnlyMemory<byte> value);
            counts[error] = counts.GetValueOrDefault(error) + 1;
            Assert.True(error != ProofError.None || value.IsEmpty || nodes[^1].AsSpan().IndexOf(value.Span) >= 0);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}: {count} inputs, {string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.Equal(reasons.Append(ProofError.None).Order(), counts.Keys);
    }

    // A change without its consequences: a byte, a node less, a node more, two nodes in the other order.
    private static Hash256 Disturb(Hash256 root, List<byte[]> nodes, Random random)
    {
        int index = random.Next(nodes.Count);
        switch (random.Next(4))
        {
            case 0:
                nodes[index] = Mutate(nodes[index], random);
                break;
            case 1:
                nodes.RemoveAt(index);
                break;
            case 2:
                nodes.Insert(index + 1, nodes[index]);
                break;
            default:
                (nodes[0], nodes[index]) = (nodes[index], nodes[0]);
                break;
        }

        return root;
    }

    // A change with all its consequences, up to the root.
    private static Hash256 Relink(List<byte[]> nodes, Random random)
    {
        int index = random.Next(nodes.Count);
        byte[] changed = Mutate(nodes[index], random);
        for (; index > 0; index--)
        {
            byte[] before = Digest(nodes[index]);
            byte[] after = Digest(changed);
            nodes[index] = changed;
            changed = [.. nodes[index - 1]];
            int at = changed.AsSpan().IndexOf(before);
            after.CopyTo(changed, at);
        }

        nodes[0] = changed;
        return Hash256.Keccak(changed);
    }

    private static byte[] Mutate(byte[] node, Random random)
    {
        byte[] result = [.. node];
        int at = random.Next(node.Length);

        // Headers, paths and the ends of values stand near the borders.
        at = random.Next(2) == 0 ? at : Math.Min(node.Length - 1, random.Next(8));
        switch (random.Next(6))
        {
            case 0:
                return [.. result[..at], .. result[(at + 1)..]];
            case 1:
                return [.. result[..at], (byte)random.Next(256), .. result[at..]];
            case 2:
                result[at] = (byte)random.Next(256);
                return result;
            case 3:
                // An empty item in the place of a byte, an empty list in the place of another.
                result[at] = random.Next(2) == 0 ? (byte)0x80 : (byte)0xc0;
                return result;
            case 4:
                // Small hand-made nodes: leaf, extension, too few items, no list, none at all.
                byte[][] small = [[0xc2, 0x20, 0x05], [0xc2, 0x00, 0x05], [0xc1, 0x20], [0x05], [], [0xc2, 0x80, 0x80]];
                return small[random.Next(small.Length)];
            default:
                result[at] ^= (byte)(1 << random.Next(8));
                return result;
        }
    }

    private static List<Sample> Keys()
    {
        TrieChanges changes = new();
        List<byte[]> keys = [];
        Random random = new(Seed);
        for (int i = 0; i < 300; i++)
        {
            byte[] key = new byte[random.Next(1, 6)];
            random.NextBytes(key);
            key[0] &= 0x13;
            byte[] value = new byte[random.Next(1, 60)];
            random.NextBytes(value);
            keys.Add(key);
            changes.Set(key, value);
        }

        MerkleTrie trie = MerkleTrie.Empty.Apply(changes);
        return [.. keys.Append([0x99]).Select(key => new Sample(
            trie.Root,
            trie.Prove(key),
            (root, nodes, out value) => ProofVerifier.VerifyKey(in root, key, nodes, out value)))];
    }

    private static List<Sample> AccountsAndSlots()
    {
        StateChanges changes = new();
        for (uint i = 1; i < 100; i++)
        {
            changes.Of(Address.FromWord(i)).Account = new Account(i, i * 1_000_000UL, Account.NoCode);
            changes.Of(Address.FromWord(1)).Slots[i] = (UInt256)i << (int)(2 * i);
        }

        WorldState state = WorldState.Empty.Apply(changes);
        List<Sample> samples = [];
        for (uint i = 1; i < 110; i++)
        {
            Address address = Address.FromWord(i);
            UInt256 slot = i;
            AccountProof proof = state.Prove(address, []);
            samples.Add(new Sample(state.Root, proof.Nodes, (root, nodes, out value) =>
            {
                value = default;
                return ProofVerifier.VerifyAccount(in root, in address, nodes, out _, out _);
            }));
            AccountProof ofSlot = state.Prove(Address.FromWord(1), [slot]);
            samples.Add(new Sample(ofSlot.StorageRoot, ofSlot.Storage[0].Nodes, (root, nodes, out value) =>
            {
                value = default;
                return ProofVerifier.VerifySlot(in root, in slot, nodes, out _);
            }));
        }

        return samples;
    }

    private static byte[] Digest(byte[] bytes)
    {
        Hash256 hash = Hash256.Keccak(bytes);
        return Hash256.AsSpan(in hash).ToArray();
    }

    private sealed record Sample(Hash256 Root, IReadOnlyList<ReadOnlyMemory<byte>> Nodes, Verifier Verify);
}
