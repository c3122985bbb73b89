namespace Koinon.Evm.Instructions;

/// <summary>The facts of each opcode, the same in every fork: for decoder, tracers and disassembly.</summary>
public static class OpcodeTable
{
    private static readonly OpcodeInfo[] Rows = Build();

    /// <summary>The facts of an opcode; <see cref="OpcodeInfo.IsKnown"/> is false where no fork defines it.</summary>
    public static OpcodeInfo Of(Opcode opcode) => Rows[(byte)opcode];

    /// <summary>The name that traces print: the mnemonic, or the byte where it is undefined.</summary>
    public static string NameOf(Opcode opcode) =>
        Of(opcode).Mnemonic ?? $"opcode 0x{(byte)opcode:x2} not defined";

    private static OpcodeInfo[] Build()
    {
        var rows = new OpcodeInfo[256];
        void Set(Opcode opcode, string mnemonic, int pops, int pushes) =>
            rows[(byte)opcode] = new OpcodeInfo(mnemonic, (byte)pops, (byte)pushes, (byte)pops, 0);

        Set(Opcode.Stop, "STOP", 0, 0);
        Set(Opcode.Add, "ADD", 2, 1);
        Set(Opcode.Mul, "MUL", 2, 1);
        Set(Opcode.Sub, "SUB", 2, 1);
        Set(Opcode.Div, "DIV", 2, 1);
        Set(Opcode.SDiv, "SDIV", 2, 1);
        Set(Opcode.Mod, "MOD", 2, 1);
        Set(Opcode.SMod, "SMOD", 2, 1);
        Set(Opcode.AddMod, "ADDMOD", 3, 1);
        Set(Opcode.MulMod, "MULMOD", 3, 1);
        Set(Opcode.Exp, "EXP", 2, 1);
        Set(Opcode.SignExtend, "SIGNEXTEND", 2, 1);
        Set(Opcode.Lt, "LT", 2, 1);
        Set(Opcode.Gt, "GT", 2, 1);
        Set(Opcode.Slt, "SLT", 2, 1);
        Set(Opcode.Sgt, "SGT", 2, 1);
        Set(Opcode.Eq, "EQ", 2, 1);
        Set(Opcode.IsZero, "ISZERO", 1, 1);
        Set(Opcode.And, "AND", 2, 1);
        Set(Opcode.Or, "OR", 2, 1);
        Set(Opcode.Xor, "XOR", 2, 1);
        Set(Opcode.Not, "NOT", 1, 1);
        Set(Opcode.Byte, "BYTE", 2, 1);
        Set(Opcode.Shl, "SHL", 2, 1);
        Set(Opcode.Shr, "SHR", 2, 1);
        Set(Opcode.Sar, "SAR", 2, 1);
        Set(Opcode.Clz, "CLZ", 1, 1);
        Set(Opcode.Keccak256, "KECCAK256", 2, 1);
        Set(Opcode.Address, "ADDRESS", 0, 1);
        Set(Opcode.Balance, "BALANCE", 1, 1);
        Set(Opcode.Origin, "ORIGIN", 0, 1);
        Set(Opcode.Caller, "CALLER", 0, 1);
        Set(Opcode.CallValue, "CALLVALUE", 0, 1);
        Set(Opcode.CallDataLoad, "CALLDATALOAD", 1, 1);
        Set(Opcode.CallDataSize, "CALLDATASIZE", 0, 1);
        Set(Opcode.CallDataCopy, "CALLDATACOPY", 3, 0);
        Set(Opcode.CodeSize, "CODESIZE", 0, 1);
        Set(Opcode.CodeCopy, "CODECOPY", 3, 0);
        Set(Opcode.GasPrice, "GASPRICE", 0, 1);
        Set(Opcode.ExtCodeSize, "EXTCODESIZE", 1, 1);
        Set(Opcode.ExtCodeCopy, "EXTCODECOPY", 4, 0);
        Set(Opcode.ReturnDataSize, "RETURNDATASIZE", 0, 1);
        Set(Opcode.ReturnDataCopy, "RETURNDATACOPY", 3, 0);
        Set(Opcode.ExtCodeHash, "EXTCODEHASH", 1, 1);
        Set(Opcode.BlockHash, "BLOCKHASH", 1, 1);
        Set(Opcode.Coinbase, "COINBASE", 0, 1);
        Set(Opcode.Timestamp, "TIMESTAMP", 0, 1);
        Set(Opcode.Number, "NUMBER", 0, 1);
        Set(Opcode.PrevRandao, "PREVRANDAO", 0, 1);
        Set(Opcode.GasLimit, "GASLIMIT", 0, 1);
        Set(Opcode.ChainId, "CHAINID", 0, 1);
        Set(Opcode.SelfBalance, "SELFBALANCE", 0, 1);
        Set(Opcode.BaseFee, "BASEFEE", 0, 1);
        Set(Opcode.BlobHash, "BLOBHASH", 1, 1);
        Set(Opcode.BlobBaseFee, "BLOBBASEFEE", 0, 1);
        Set(Opcode.Pop, "POP", 1, 0);
        Set(Opcode.MLoad, "MLOAD", 1, 1);
        Set(Opcode.MStore, "MSTORE", 2, 0);
        Set(Opcode.MStore8, "MSTORE8", 2, 0);
        Set(Opcode.SLoad, "SLOAD", 1, 1);
        Set(Opcode.SStore, "SSTORE", 2, 0);
        Set(Opcode.Jump, "JUMP", 1, 0);
        Set(Opcode.JumpI, "JUMPI", 2, 0);
        Set(Opcode.Pc, "PC", 0, 1);
        Set(Opcode.MSize, "MSIZE", 0, 1);
        Set(Opcode.Gas, "GAS", 0, 1);
        Set(Opcode.JumpDest, "JUMPDEST", 0, 0);
        Set(Opcode.TLoad, "TLOAD", 1, 1);
        Set(Opcode.TStore, "TSTORE", 2, 0);
        Set(Opcode.MCopy, "MCOPY", 3, 0);
        Set(Opcode.Push0, "PUSH0", 0, 1);
        Set(Opcode.Create, "CREATE", 3, 1);
        Set(Opcode.Call, "CALL", 7, 1);
        Set(Opcode.CallCode, "CALLCODE", 7, 1);
        Set(Opcode.Return, "RETURN", 2, 0);
        Set(Opcode.DelegateCall, "DELEGATECALL", 6, 1);
        Set(Opcode.Create2, "CREATE2", 4, 1);
        Set(Opcode.StaticCall, "STATICCALL", 6, 1);
        Set(Opcode.Revert, "REVERT", 2, 0);
        Set(Opcode.Invalid, "INVALID", 0, 0);
        Set(Opcode.SelfDestruct, "SELFDESTRUCT", 1, 0);

        for (int n = 1; n <= 32; n++)
        {
            rows[(byte)Opcode.Push0 + n] = new OpcodeInfo($"PUSH{n}", 0, 1, 0, (byte)n);
        }

        // DUP and SWAP reach below what they change: they are written as changing only the top.
        for (int n = 1; n <= 16; n++)
        {
            rows[(byte)Opcode.Dup1 + n - 1] = new OpcodeInfo($"DUP{n}", 0, 1, (byte)n, 0);
            rows[(byte)Opcode.Swap1 + n - 1] = new OpcodeInfo($"SWAP{n}", 0, 0, (byte)(n + 1), 0);
        }

        for (int n = 0; n <= 4; n++)
        {
            rows[(byte)Opcode.Log0 + n] = new OpcodeInfo($"LOG{n}", (byte)(n + 2), 0, (byte)(n + 2), 0);
        }

        return rows;
    }
}
