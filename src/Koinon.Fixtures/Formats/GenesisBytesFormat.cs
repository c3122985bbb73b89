using System.Text.Json;
using Koinon.Fixtures.Reading;
using Koinon.Primitives.Blocks;

namespace Koinon.Fixtures.Formats;

/// <summary>The bytes of mainnet's genesis block, with its hash and state root.</summary>
internal sealed class GenesisBytesFormat : IFixtureFormat
{
    /// <inheritdoc/>
    public bool Recognises(JsonElement root) =>
        root.Has("genesis_rlp_hex") && root.Has("genesis_state_root") && root.Has("genesis_hash");

    /// <inheritdoc/>
    public void Run(FixtureContext context) => context.Run("genesis", "", _ => RunCase(context.Root));

    private static CaseVerdict RunCase(JsonElement test)
    {
        byte[] bytes = test.Bytes("genesis_rlp_hex");
        if (!Block.TryDecode(bytes, out Block? block, out BlockDecodeError error))
        {
            return CaseVerdict.Differs("genesis", "a block", error);
        }

        CaseVerdict root = CaseVerdict.Compare("state root", test.Hash("genesis_state_root"), block.Header.StateRoot);
        return root.Failure is not null
            ? root
            : CaseVerdict.Compare("hash", test.Hash("genesis_hash"), BlockHeader.KeccakOf(block.Header));
    }
}
