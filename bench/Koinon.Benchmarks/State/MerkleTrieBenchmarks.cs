using BenchmarkDotNet.Attributes;
using Koinon.State.Tries;

namespace Koinon.Benchmarks.State;

/// <summary>The trie alone: 100,000 random leaves of 32 bytes from empty, and 1,000 of them changed, roots included.
/// </summary>
public class MerkleTrieBenchmarks
{
    private const int Leaves = 100_000;
    private const int Changed = 1_000;

    private readonly TrieChanges _all = new();
    private readonly TrieChanges _some = new();
    private byte[][] _keys = [];
    private MerkleTrie _trie = MerkleTrie.Empty;
    private int _round;

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _keys = new byte[Leaves][];
        byte[] value = new byte[32];
        for (int i = 0; i < Leaves; i++)
        {
            _keys[i] = new byte[32];
            random.NextBytes(_keys[i]);
            random.NextBytes(value);
            _all.Set(_keys[i], value);
        }

        _trie = MerkleTrie.Empty.Apply(_all);
    }

    [Benchmark]
    public MerkleTrie FromEmpty() => MerkleTrie.Empty.Apply(_all);

    [Benchmark]
    public MerkleTrie ThousandChanged()
    {
        Span<byte> value = stackalloc byte[32];
        _some.Clear();
        _round++;
        for (int i = 0; i < Changed; i++)
        {
            BitConverter.TryWriteBytes(value, (_round * Changed) + i + 1);
            _some.Set(_keys[((i * 97) + (_round * 13)) % Leaves], value);
        }

        return _trie = _trie.Apply(_some);
    }
}
