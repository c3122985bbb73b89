using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.State.Stored;
using Koinon.State.Tries;

namespace Koinon.State.Proofs;

/// <summary>
/// The nodes of a state's tries that a run reads and changes: enough to run again, and to find the root after it,
/// without the state.
/// </summary>
public static class StateWitness
{
    /// <summary>Gathers the nodes of what was read and of what changes.</summary>
    /// <param name="state">The state before the run.</param>
    /// <param name="read">The accounts that were read, each with its slots.</param>
    /// <param name="changes">What the run changes.</param>
    /// <returns>The encoded nodes, each once, from the root down.</returns>
    /// <exception cref="StateUnavailableException">The tries of that state are not kept.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Gather(
        WorldState state, IReadOnlyDictionary<Address, IReadOnlySet<UInt256>> read, StateChanges changes)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(changes);
        state.Base?.RequireProofs();
        NotedNodes noted = new();
        MerkleTrie trie = MerkleTrie.Stored(state.Root, noted.Of(state.Trie));
        WorldState partial = PartialState.Of(
            trie,
            (address, root) => MerkleTrie.Stored(in root, noted.Of(state.Find(address)!.Storage)),
            WithChanged(read, changes),
            []);

        // Whoever takes a slot away must know the node beside it: so what is read for the changes is noted as well.
        partial.Apply(changes);
        return noted.Nodes;
    }

    /// <summary>Makes a state of which only some is known out of a witness.</summary>
    /// <param name="root">Its root.</param>
    /// <param name="nodes">The encoded nodes, in any order.</param>
    /// <param name="codes">The code of its contracts, as far as it is read.</param>
    /// <param name="names">The addresses and the slots that are read, in any order.</param>
    /// <returns>The state; what the witness does not tell is absent from it, or cannot be changed.</returns>
    /// <exception cref="StateUnavailableException">The nodes of a name are missing.</exception>
    public static WorldState Restore(
        in Hash256 root,
        IEnumerable<ReadOnlyMemory<byte>> nodes,
        IEnumerable<ReadOnlyMemory<byte>> codes,
        IEnumerable<ReadOnlyMemory<byte>> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        GivenNodes given = new(nodes);
        Dictionary<Address, IReadOnlySet<UInt256>> read = [];
        HashSet<UInt256> slots = [];
        foreach (ReadOnlyMemory<byte> name in names)
        {
            if (name.Length == Address.Size)
            {
                // Whose the slots are is not said: each account is asked for all of them.
                read[new Address(name.Span)] = slots;
            }
            else
            {
                slots.Add(UInt256.FromBigEndian(name.Span));
            }
        }

        return PartialState.Of(
            MerkleTrie.Stored(in root, given),
            (_, storageRoot) => MerkleTrie.Stored(in storageRoot, given),
            read,
            codes);
    }

    private static Dictionary<Address, IReadOnlySet<UInt256>> WithChanged(
        IReadOnlyDictionary<Address, IReadOnlySet<UInt256>> read, StateChanges changes)
    {
        Dictionary<Address, IReadOnlySet<UInt256>> all = new(read);
        foreach ((Address address, AccountChange change) in changes.Accounts)
        {
            all[address] = all.TryGetValue(address, out IReadOnlySet<UInt256>? slots)
                ? new HashSet<UInt256>([.. slots, .. change.Slots.Keys])
                : new HashSet<UInt256>(change.Slots.Keys);
        }

        return all;
    }
}
