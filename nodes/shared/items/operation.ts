import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { OperationWords } from '../contract/explain';
import type { Run, Settled } from './settled';

/** One operation of a node: its option in the list, its fields, and what it does to one item. */
export interface Operation {
	option: INodePropertyOptions;
	fields: INodeProperties[];
	words: OperationWords;
	/** The ticket as the user gave it, for an item that isn't executed. */
	ticketOf(context: IExecuteFunctions, itemIndex: number): string | null;
	/** Settles one item; never throws. */
	execute(run: Run, itemIndex: number): Promise<Settled>;
}
